/** The models of all runs of an app's library, as `neuroloom export` writes them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { App } from "./app.ts";

const COMMAND_LINE = join(import.meta.dirname, "../../main/cli/neuroloom.mjs");

/** The file that `neuroloom export` writes of every run of the library, oldest first. */
export function modelsOf(app: Pick<App, "home">): string[] {
  const library = new DatabaseSync(join(app.home, "library.sqlite"), { readOnly: true });
  const ids = library.prepare("SELECT id FROM runs ORDER BY created_at").all();
  library.close();
  return ids.map(({ id }) => {
    const file = join(app.home, `${id}.json`);
    execFileSync(process.execPath, [COMMAND_LINE, "export", String(id), "--format", "json", "--out", file], {
      env: { ...process.env, NEUROLOOM_HOME: app.home },
    });
    return readFileSync(file, "utf8");
  });
}
