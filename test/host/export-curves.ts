/** `node export-curves.ts HOME RUN`: writes every point of a run's curves as the window's menu does, and says where the file lies and how many there are. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { curveHandlers } from "../../main/host/exports/curves.ts";
import { HostFiles } from "../../main/host/files.ts";
import { openStore } from "../../main/store/sqlite/open.ts";

const [home = "", run_id = ""] = process.argv.slice(2);
const store = await openStore({ path: join(home, "library.sqlite"), now: Date.now, newId: randomUUID });
const files = new HostFiles(home, randomUUID);
const { download, points } = await curveHandlers({ store, files })["exports.curves"]({ run_id });
process.stdout.write(JSON.stringify({ path: files.resolve(download)?.path, points }));
store.close();
