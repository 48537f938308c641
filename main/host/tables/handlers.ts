/** What is asked of tables beside importing them: pasted text is kept, rows are looked at. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { HostFiles } from "../files.ts";

type Handlers = Pick<HostHandlers, "tables.keep_text">;

export interface TablesSurroundings {
  readonly files: HostFiles;
  readonly newId: () => string;
}

export function tableHandlers({ files, newId }: TablesSurroundings): Handlers {
  return {
    "tables.keep_text": async ({ text, name }) => {
      const path = join(files.uploadFolder, newId());
      await writeFile(path, text);
      return { file: files.register(path, name) };
    },
  };
}
