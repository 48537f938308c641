/**
 * Word vectors of the library, a file for each content beside the data sets: one line of JSON (width, words), then the numbers,
 * float32 in little-endian order. Its name is the SHA-256 of its bytes, so that a design that names it gets just these vectors.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { FoundVectors } from "../../../../core/data/word-vectors.ts";
import { AppError } from "../../../../core/errors.ts";
import type { VectorsDocument } from "../../../../core/graph/document.ts";
import { keepFile } from "../../../store/kept-file.ts";
import { fileError } from "../file-errors.ts";

const headSchema = z.object({
  format: z.literal("neuroloom-vectors"),
  width: z.number().int().positive(),
  words: z.array(z.string()),
});
type Head = z.infer<typeof headSchema>;

/** @param tablePath of a stored data set */
export const vectorsBeside = (tablePath: string): string => join(dirname(tablePath), "vectors");

const pathOf = (folder: string, hash: string): string => join(folder, `${hash}.vectors`);

/** @returns the SHA-256 that names them; nothing half-written is left behind */
export async function writeVectors(folder: string, { words, values, width }: FoundVectors): Promise<string> {
  const head: Head = { format: "neuroloom-vectors", width, words: [...words] };
  const numbers = Buffer.alloc(values.length * 4);
  values.forEach((value, place) => numbers.writeFloatLE(value, place * 4));
  const parts = [Buffer.from(`${JSON.stringify(head)}\n`), numbers];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const name = hash.digest("hex");
  const path = pathOf(folder, name);
  const unfinished = `${path}.${process.pid}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(unfinished, "w");
    try {
      for (const part of parts) await file.writeFile(part);
    } finally {
      await file.close();
    }
    await keepFile(unfinished, path);
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw fileError(thrown, path);
  }
  return name;
}

/**
 * @param nodeId of the layer that starts from them
 * @throws AppError data.vectors_gone, data.vectors_damaged
 */
export function readVectors(folder: string, { hash, name }: Pick<VectorsDocument, "hash" | "name">, nodeId: string): FoundVectors {
  let bytes: Buffer;
  try {
    bytes = readFileSync(pathOf(folder, hash));
  } catch (cause) {
    throw new AppError("data.vectors_gone", { file: name }, { nodeId, cause });
  }
  const end = bytes.indexOf(10);
  const head = headSchema.safeParse(end < 0 ? null : parsed(bytes.subarray(0, end).toString("utf8")));
  const intact = createHash("sha256").update(bytes).digest("hex") === hash;
  if (!intact || !head.success) throw new AppError("data.vectors_damaged", { file: name }, { nodeId });
  const { width, words } = head.data;
  const values = new Float32Array(words.length * width);
  for (let place = 0; place < values.length; place++) values[place] = bytes.readFloatLE(end + 1 + place * 4);
  return { words, values, width };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
