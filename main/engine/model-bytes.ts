/**
 * Files of trained models on their way between threads. They lie in memory that threads share: handing over a hundred megabytes then
 * copies nothing, and the host, which answers every window, never looks into them.
 */
import type { ModelFile } from "../../core/export/json/format.ts";
import { readModel } from "../../core/export/json/model-json.ts";

/** @returns room of so many bytes that threads can share */
export const sharedBytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

/** Takes as long as the file is large: for workers. */
export function bytesOfText(text: string): Uint8Array {
  const bytes = sharedBytes(Buffer.byteLength(text));
  asBuffer(bytes).write(text, "utf8");
  return bytes;
}

/** Takes as long as the file is large: for workers. @throws AppError model.* */
export const modelOfBytes = (bytes: Uint8Array): ModelFile => readModel(textOfBytes(bytes));

export const textOfBytes = (bytes: Uint8Array): string => asBuffer(bytes).toString("utf8");

/** The same memory. TextDecoder takes none that is shared. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);
