/** Truncated SVD as scikit-learn's TruncatedSVD: numbers times the first right singular vectors; the largest part of each is positive. */
import { sizeOf } from "../../ir/tensor.ts";
import { positive } from "../eigen.ts";
import { columnByColumn, type StepColumn, type TensorColumn } from "../step.ts";
import definition from "./definition.ts";
import { bytesARow, rightSingularVectors } from "./singular-vectors.ts";
import { sparseRows, timesColumns } from "./sparse-rows.ts";
import { SparseSample } from "./sparse-sample.ts";

interface State {
  /** One list a component, one number a word. */
  readonly components: readonly (readonly number[])[];
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: {
    inPieces: (_, { components }, limit) => {
      const sample = new SparseSample(limit, bytesARow(components));
      return {
        add: (column) => {
          const { values, shape } = tensorOf(column);
          sample.add(values, sizeOf(shape));
        },
        finish: () => ({ components: rightSingularVectors(sample.rows(), components).map((vector) => positive([...vector])) }),
        sampled: () => {
          const kept = sample.rows().starts.length - 1;
          return kept < sample.added ? kept : null;
        },
      };
    },
  },
  apply: (column, { components }) => {
    const { name, values, shape } = tensorOf(column);
    const made = timesColumns(
      sparseRows(values, sizeOf(shape)),
      components.map((component) => Float64Array.from(component)),
    );
    const rows = sizeOf(shape) === 0 ? 0 : values.length / sizeOf(shape);
    const mixed = new Float32Array(rows * components.length);
    made.forEach((one, place) => {
      for (let row = 0; row < rows; row += 1) mixed[row * components.length + place] = one[row] as number;
    });
    const names = components.map((_, place) => `${name} component ${place + 1}`);
    return { kind: "tensor", name, shape: [components.length], values: mixed, names };
  },
});

function tensorOf(column: StepColumn): TensorColumn {
  if (column.kind !== "tensor") throw new Error(`column '${column.name}' is of kind ${column.kind}, not tensor`);
  return column;
}
