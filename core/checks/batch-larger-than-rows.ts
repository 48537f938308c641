/** A batch that holds all rows: one step an epoch, and each of them over the same rows. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { mostTrainingRows } from "./data-facts.ts";
import { batchRowsOf } from "./training-options.ts";

const USUAL = 32;

export const batchLargerThanRows = defineCheck({
  code: "design.batch_larger_than_rows",
  runDesign: ({ design, facts }) => {
    // Rows drawn again, or changed copies of them, are rows of a batch too.
    if (design.data?.sampling !== undefined || design.data?.augment_text !== undefined) return [];
    const rows = mostTrainingRows(design.data, facts);
    if (rows === null || rows === 0) return [];
    const size = batchRowsOf(design, rows);
    if (size === null || size <= rows) return [];
    const smaller = Math.min(USUAL, Math.max(1, 2 ** Math.floor(Math.log2(Math.max(1, rows / 8)))));
    const commands = [{ type: "set_training" as const, patch: { batch_size: smaller } }];
    const fix = { code: "fix.set_batch_size", params: { size: smaller }, commands };
    return [designProblem("design.batch_larger_than_rows", { size, rows }, "warning", fix)];
  },
});
