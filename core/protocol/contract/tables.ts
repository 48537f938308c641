/** Looking into tables: text that is pasted, rows that are searched, filtered and sorted. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";

export const tablesMethods = {
  /** A pasted table as a file that `datasets.import` takes: for entries that give paths; a browser uploads it. */
  "tables.keep_text": {
    input: z.object({ text: z.string().min(1).max(64_000_000), name: z.string().min(1).max(200) }),
    output: z.object({ file: z.string() }),
  },
} as const;
