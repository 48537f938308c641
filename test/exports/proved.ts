/** Scripts that were run and gave our predictions: where they are kept, and how a case is written now. */
import { join } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { CodeSource } from "../../core/export/code/script-ends.ts";
import { kerasScript } from "../../core/export/keras/script.ts";
import { pytorchScript } from "../../core/export/pytorch/script.ts";
import { hashOf } from "../../core/spec/hash.ts";
import type { ExportCase } from "./graph-case.ts";

export const TOOLS = ["pytorch", "keras"] as const;
export type Tool = (typeof TOOLS)[number];
/** Of predictions, float32 on both sides. */
export const TOLERANCE = 1e-5;

const WRITERS: Readonly<Record<Tool, (source: CodeSource) => string>> = { pytorch: pytorchScript, keras: kerasScript };

/** Where Keras itself computes something else, and why: these scripts are run, and not compared. */
export const KNOWN_DIFFERENCES: Readonly<Record<Tool, Readonly<Record<string, string>>>> = {
  pytorch: {},
  keras: {
    "average_pooling_1d: same, what is left over":
      "on torch Keras repeats the border into the mean; on TensorFlow it leaves it out, as we do",
    "average_pooling_1d: overlapping, same": "the same",
    "average_pooling_2d: overlapping, same": "the same",
    "global_max_pooling_1d: padded": "Keras's GlobalMaxPooling1D takes the maximum over padding too",
    "a row of nothing but padding through global_max_pooling_1d": "the same",
    'trained: batch_normalization {"scale":false}':
      "Keras's moving variance is of the batch as it is, ours and PyTorch's what it says of all rows",
    'trained: batch_normalization {"center":false}': "the same",
    'trained: batch_normalization {"scale":false,"center":false}': "the same",
    "a row of nothing but padding through global_average_pooling_1d": "Keras divides by the number of steps that count, and here it is 0",
  },
};

export interface ProvedFile {
  readonly library: string;
  readonly largest_difference: number;
  readonly cases: Readonly<Record<string, { readonly hash: string; readonly differs?: string } | { readonly refused: string }>>;
}

export const provedPath = (tool: Tool): string => join(import.meta.dirname, "golden", `${tool}.json`);
export const scriptPath = (name: string, tool: Tool): string => join(import.meta.dirname, "golden", `${name}.${tool}.py`);

/** The version of the program is left out: a new one says the same. */
const versionless = (text: string): string => text.replace(/Written by Neuroloom \S+/, "Written by Neuroloom");

/** The script with its hash, or the code of the error with which the exporter refuses. */
export function written(
  tool: Tool,
  { source }: ExportCase,
): { readonly text: string; readonly hash: string } | { readonly refused: string } {
  try {
    const text = versionless(WRITERS[tool](source));
    return { text, hash: hashOf(text) };
  } catch (error) {
    if (error instanceof AppError) return { refused: error.code };
    throw error;
  }
}
