/** Rows of a table by index, and the gradient of the table; see core/ir/ops/embedding.ts. */
import { get, lastAxis, operand, type ReferenceKernel } from "./kernel.ts";

const isRow = (index: number, rows: number): boolean => Number.isInteger(index) && index >= 0 && index < rows;

export const embedding: ReferenceKernel = (inputs, outputs) => {
  const [indices, table] = [operand(inputs, 0).data, operand(inputs, 1)];
  const y = operand(outputs, 0).data;
  const width = lastAxis(table.shape);
  for (let i = 0; i < indices.length; i++) {
    const index = get(indices, i);
    if (isRow(index, table.shape[0] ?? 0)) y.set(table.data.subarray(index * width, (index + 1) * width), i * width);
    else y.fill(Number.NaN, i * width, (i + 1) * width);
  }
};

export const embeddingGradient: ReferenceKernel = (inputs, outputs) => {
  const [indices, dy] = [operand(inputs, 0).data, operand(inputs, 1).data];
  const table = operand(outputs, 0);
  const width = lastAxis(table.shape);
  const sums = new Float64Array(table.data.length);
  for (let i = 0; i < indices.length; i++) {
    const index = get(indices, i);
    if (!isRow(index, table.shape[0] ?? 0)) continue;
    for (let d = 0; d < width; d++) sums[index * width + d] = get(sums, index * width + d) + get(dy, i * width + d);
  }
  table.data.set(sums);
};
