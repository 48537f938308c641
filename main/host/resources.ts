/** Where resources/ lies: beside main/ in the source, beside out/ in a build. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "../../core/errors.ts";

/** @throws AppError app.resources_missing when the installation is not whole */
export function resourcesFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const candidate = join(folder, "resources");
    if (existsSync(join(candidate, "templates"))) return candidate;
    const parent = dirname(folder);
    if (parent === folder) throw new AppError("app.resources_missing", { folder: import.meta.dirname });
    folder = parent;
  }
}
