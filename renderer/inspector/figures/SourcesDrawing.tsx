/** Where numbers come from: the inputs on the left, what comes out on the right, and for one output the numbers that it is made of. */
import type { Values } from "../../../core/figures/run-layer.ts";
import { type DrawingProps, Grid, Label, largest, short, WIDTH } from "./drawing.tsx";

const LARGEST_CELL = 20;
const BETWEEN = 28;
const TOP = 14;
const GAP = 6;

/** A picture of one channel as rows and columns, all else with its last axis as columns. */
function flat({ shape, data }: Values): Values {
  return shape.length > 3 && shape.at(-1) === 1 ? { shape: shape.slice(0, -1), data } : { shape, data };
}
const columnsOf = ({ shape }: Values): number => shape.at(-1) ?? 1;
const rowsOf = (values: Values): number => values.data.length / columnsOf(values);

export function SourcesDrawing({ data, frame, t }: DrawingProps) {
  const [first] = data.outputs;
  if (first === undefined) return null;
  const inputs = data.inputs.map(flat);
  const output = flat(first);
  const columns = Math.max(...inputs.map(columnsOf)) + columnsOf(output);
  const size = Math.min(LARGEST_CELL, Math.floor((WIDTH - BETWEEN) / columns));
  const right = WIDTH - columnsOf(output) * size;
  const most = largest(...inputs.map((input) => input.data), output.data);
  const tops = inputs.map((_, index) => inputs.slice(0, index).reduce((sum, input) => sum + rowsOf(input) * size + GAP, TOP));
  const last = inputs.at(-1);
  const height = Math.max((tops.at(-1) ?? TOP) + (last === undefined ? 0 : rowsOf(last) * size), TOP + rowsOf(output) * size);
  const marked = (values: Values, is: (place: number) => boolean) => (row: number, column: number) =>
    is(row * columnsOf(values) + column) ? "under" : "";
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height + 1}`} aria-hidden="true">
      <Label x={0} y={9}>
        {t("figure.input")}
      </Label>
      <Label x={right} y={9}>
        {t("figure.output")}
      </Label>
      {inputs.map((input, index) => (
        <Grid
          // biome-ignore lint/suspicious/noArrayIndexKey: an input is its place
          key={index}
          x={0}
          y={tops[index] ?? TOP}
          size={size}
          values={input}
          most={most}
          classOf={marked(input, (place) => data.sources[frame]?.[index]?.has(place) === true)}
        />
      ))}
      <Grid x={right} y={TOP} size={size} values={output} most={most} classOf={marked(output, (place) => place === frame)} />
    </svg>
  );
}

export function sourcesCaption({ data, frame, t }: DrawingProps): string {
  const count = data.sources[frame]?.reduce((sum, { size }) => sum + size, 0) ?? 0;
  const all = data.inputs.reduce((sum, input) => sum + input.data.length, 0);
  const value = short(data.outputs[0]?.data[frame] ?? 0);
  return count === 0 ? t("figure.caption.no_source", { value }) : t("figure.caption.sources", { value, count, all });
}
