/** A second instance: opens the home it is given and prints its runs as JSON. */

import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";

const [home = ""] = process.argv.slice(2);
const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
const { runs } = await host.handlers["runs.list"]({ project_id: null });
process.stdout.write(JSON.stringify(runs.map(({ id, status }) => ({ id, status }))));
await host.shutdown({ checkpoint: false });
