/** Word vectors that a layer of a design starts from. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { designSchema, vectorsSchema } from "../../graph/document.ts";
import { id, none } from "./common.ts";

const layer = { dataset_id: id, design: designSchema, node_id: id };
const counted = z.object({
  vectors: vectorsSchema,
  /** Words of the layer's vocabulary that have a vector, of so many. */
  found: z.number().int(),
  of: z.number().int(),
  /** The most frequent words without one. */
  missing: z.array(z.string()),
});

export const vectorsMethods = {
  /**
   * Reads a .txt or .vec file (also packed with gzip) and keeps the vectors of the words that the texts hold; the design is not
   * changed. `file` is a path (Electron) or the token of an upload (loopback). Progress comes as `vectors.progress`.
   */
  "vectors.read": { input: z.object({ ...layer, file: z.string(), name: z.string(), read_id: id }), output: counted },
  "vectors.cancel": { input: z.object({ read_id: id }), output: none },
  /** Counts the words of the vocabulary as it is now, among the vectors that the design names. */
  "vectors.count": { input: z.object(layer), output: counted },
} as const;

export const vectorsEvents = {
  "vectors.progress": z.object({
    read_id: id,
    bytes: z.number(),
    total_bytes: z.number(),
    lines: z.number().int(),
    found: z.number().int(),
  }),
} as const;
