/** A window that moves over a row or a picture: what it covers, the zeros around, and the output that it has made so far. */
import type { WindowSteps } from "../../../core/figures/figure-data.ts";
import type { Values } from "../../../core/figures/run-layer.ts";
import { Cell, type DrawingProps, Grid, Label, largest, short, WIDTH } from "./drawing.tsx";

const GAP = 18;
const ONE_ROW: WindowSteps = { length: 1, size: 1, stride: 1, dilation: 1, before: 0, after: 0, output: 1 };

/** A single axis is a picture of one row. */
function axesOf(axes: readonly WindowSteps[]): readonly [down: WindowSteps, across: WindowSteps] {
  const [first = ONE_ROW, second] = axes;
  return second === undefined ? [ONE_ROW, first] : [first, second];
}

const wide = ({ length, before, after }: WindowSteps): number => length + before + after;

export function WindowDrawing({ data, frame, t }: DrawingProps) {
  const [down, across] = axesOf(data.axes);
  const [input, output] = [data.inputs[0]?.data ?? [], data.outputs[0]?.data ?? []];
  const beside = down.length > 1;
  const columns = beside ? wide(across) + across.output : Math.max(wide(across), across.output);
  const size = Math.min(20, Math.floor((WIDTH - (beside ? GAP : 0)) / columns));
  const at = { row: Math.floor(frame / across.output), column: frame % across.output };
  const covered = (place: number, axis: WindowSteps, window: number): boolean => {
    const offset = place - window * axis.stride;
    return offset >= 0 && offset % axis.dilation === 0 && offset / axis.dilation < axis.size;
  };
  const padded = Array.from({ length: wide(down) * wide(across) }, (_, place) => {
    const [row, column] = [Math.floor(place / wide(across)), place % wide(across)];
    const [y, x] = [row - down.before, column - across.before];
    const inside = y >= 0 && y < down.length && x >= 0 && x < across.length;
    return { row, column, inside, value: inside ? (input[y * across.length + x] ?? 0) : 0 };
  });
  const most = { input: largest(input), output: largest(output) };
  const right = { x: beside ? wide(across) * size + GAP : 0, y: beside ? 0 : size + GAP };
  const kernel = kernelOf(data.parameters, down.size, across.size);
  const kernelY = right.y + down.output * size + GAP;
  const height = Math.max(wide(down) * size, kernel === null ? kernelY - GAP : kernelY + down.size * size);
  const under = (row: number, column: number): boolean => covered(row, down, at.row) && covered(column, across, at.column);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height + 16}`} aria-hidden="true">
      <Label x={0} y={9}>
        {t("figure.input")}
      </Label>
      <Label x={right.x} y={right.y + 9}>
        {t("figure.output")}
      </Label>
      {kernel !== null && (
        <Label x={right.x} y={kernelY + 9}>
          {t("figure.kernel")}
        </Label>
      )}
      <g transform="translate(0 14)">
        {kernel !== null && <Grid x={right.x} y={kernelY} size={size} values={kernel} most={largest(kernel.data)} />}
        {padded.map(({ row, column, inside, value }) => (
          <Cell
            key={`${row} ${column}`}
            x={column * size}
            y={row * size}
            size={size}
            value={value}
            most={most.input}
            className={`${inside ? "" : "padding"} ${under(row, column) ? "under" : ""}`}
          />
        ))}
        {output.slice(0, down.output * across.output).map((value, place) => (
          <Cell
            // biome-ignore lint/suspicious/noArrayIndexKey: an output is its place
            key={place}
            x={right.x + (place % across.output) * size}
            y={right.y + Math.floor(place / across.output) * size}
            size={size}
            value={place <= frame ? value : 0}
            most={most.output}
            className={place === frame ? "under" : place > frame ? "later" : ""}
          />
        ))}
      </g>
    </svg>
  );
}

/** The weights of a convolution over its window, of one channel; null for pooling, which has none. */
function kernelOf(parameters: DrawingProps["data"]["parameters"], rows: number, columns: number): Values | null {
  const kernel = Object.values(parameters).find(({ data, shape }) => shape.length > 2 && data.length >= rows * columns);
  return kernel === undefined ? null : { shape: [rows, columns], data: kernel.data.slice(0, rows * columns) };
}

export function windowCaption({ data, frame, t }: DrawingProps): string {
  const [down, across] = axesOf(data.axes);
  const [row, column] = [Math.floor(frame / across.output), frame % across.output];
  const place = down.length > 1 ? `${row + 1}, ${column + 1}` : String(column + 1);
  return t("figure.caption.window", { place, value: short(data.outputs[0]?.data[frame] ?? 0) });
}

export function windowAlt({ data, t }: Omit<DrawingProps, "frame">): string {
  const of = (read: (axis: WindowSteps) => number): string => data.axes.map(read).join(" × ");
  return t("figure.alt.window", { size: of(({ size }) => size), stride: of(({ stride }) => stride), count: data.frames });
}

/** Of a tensor `[1, rows, columns]`: one row of numbers. */
export function rowOf({ shape, data }: Values, row: number): readonly number[] {
  const width = shape.at(-1) ?? 1;
  return data.slice(row * width, (row + 1) * width);
}
