/** Bins as scikit-learn's KBinsDiscretizer, one-hot: left edges belong to a bin, values outside go into the first or the last. */
import { quantileOf, sortedPresent } from "../quantiles.ts";
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

interface State {
  /** From the smallest to the largest; one more than there are bins. */
  readonly edges: readonly number[];
}

/** Edges of quantiles nearer than this are one (scikit-learn's bound). */
const TOO_NEAR = 1e-8;

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column, { bins, edges }) => {
    const sorted = sortedPresent(numbersOf(column));
    if (sorted.length === 0) return { edges: [0, 1] };
    const [least, most] = [sorted[0] as number, sorted.at(-1) as number];
    if (edges === "uniform" && least < most)
      return { edges: Array.from({ length: bins + 1 }, (_, i) => least + ((most - least) * i) / bins) };
    const all = Array.from({ length: bins + 1 }, (_, i) => quantileOf(sorted, i / bins));
    const apart = all.filter((edge, i) => i === 0 || edge - (all[i - 1] as number) > TOO_NEAR);
    return { edges: apart.length > 1 ? apart : [least, least + 1] };
  },
  apply: (column, { edges }) => {
    const inner = edges.slice(1, -1);
    const codes = Int32Array.from(numbersOf(column), (value) => (Number.isNaN(value) ? -1 : binOf(value, inner)));
    const names = edges
      .slice(1)
      .map((edge, i) => `${column.name} ${Number((edges[i] ?? 0).toPrecision(4))}…${Number(edge.toPrecision(4))}`);
    return { kind: "one_hot", name: column.name, codes, names };
  },
});

/** How many inner edges lie at or below a value. */
function binOf(value: number, inner: readonly number[]): number {
  let bin = 0;
  while (bin < inner.length && value >= (inner[bin] as number)) bin += 1;
  return bin;
}
