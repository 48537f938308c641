/** Whether a file is UTF-8 to its end, unpacked where it is gzip. */
import { contentOf } from "./content-head.ts";

const ESCAPE = 0x1b;

/** Not where an escape stands in it: texts of ISO-2022-JP are ASCII to the eye. */
export async function isUtf8File(path: string): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of contentOf(path)) {
      if (piece.includes(ESCAPE)) return false;
      decoder.decode(piece, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (thrown) {
    // A folder, or damaged: reading it says so.
    if (thrown instanceof Error && "code" in thrown) return false;
    throw thrown;
  }
}
