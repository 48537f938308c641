/** neuroloom backup: a whole copy of the library while it may be in use, opened and checked before it counts as written. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { writeBackup } from "../host/library.ts";
import { EXIT, type Output } from "./output.ts";
import { inLibrary } from "./project.ts";

export async function backupLibrary(o: { readonly out: string; readonly home: string | null }, output: Output): Promise<number> {
  return inLibrary(o.home, async (store) => {
    const path = resolve(o.out);
    const runs = await writeBackup(store, path);
    const sizeBytes = statSync(path).size;
    output.result(
      { event: "done", out: o.out, size_bytes: sizeBytes, runs },
      `${o.out}: the library with ${runs} runs, ${sizeBytes} bytes, checked`,
    );
    return EXIT.ok;
  });
}
