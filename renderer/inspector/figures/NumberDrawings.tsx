/** What happens to numbers: some drawn to be zero, all brought to one spread, added up by units, bent by a function. */
import { Cell, type DrawingProps, Grid, Label, largest, short, WIDTH } from "./drawing.tsx";
import { rowOf } from "./WindowDrawing.tsx";

export function MaskDrawing({ data, frame, t }: DrawingProps) {
  const [before, after] = [data.inputs[0], data.draws[frame]];
  if (before === undefined || after === undefined) return null;
  const columns = before.shape.at(-1) ?? 1;
  const rows = before.data.length / columns;
  const size = Math.floor((WIDTH - 20) / 2 / columns);
  const right = WIDTH - columns * size;
  const most = largest(before.data, after.data);
  const zero = (row: number, column: number): string => (after.data[row * columns + column] === 0 ? "zero" : "");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${16 + rows * size}`} aria-hidden="true">
      <Label x={0} y={9}>
        {t("figure.before")}
      </Label>
      <Label x={right} y={9}>
        {t("figure.after")}
      </Label>
      <Grid x={0} y={14} size={size} values={before} most={most} />
      <Grid x={right} y={14} size={size} values={after} most={most} classOf={zero} />
      {after.data.map((value, place) =>
        value === 0 ? (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
            key={place}
            className="cross"
            d={`M${right + (place % columns) * size + 3} ${17 + Math.floor(place / columns) * size} l${size - 7} ${size - 7} m0 ${7 - size} l${7 - size} ${size - 7}`}
          />
        ) : null,
      )}
    </svg>
  );
}

export function maskCaption({ data, frame, t }: DrawingProps): string {
  const after = data.draws[frame]?.data ?? [];
  const before = data.inputs[0]?.data ?? [];
  const changed = after.filter((value) => value === 0).length;
  const drops = data.draws.some((draw) => draw.data.includes(0));
  if (data.draws.every((draw) => draw.data.every((value, place) => value === before[place]))) return t("figure.caption.unchanged");
  return drops
    ? t("figure.caption.mask", { number: frame + 1, changed, count: after.length })
    : t("figure.caption.noise", { number: frame + 1 });
}

const STRIP = 56;

/** One strip a column (or a sample): its numbers as dots, above before and below after. */
export function StripsDrawing({ data, t }: DrawingProps) {
  const [before, after] = [data.inputs[0], data.outputs[0]];
  if (before === undefined || after === undefined) return null;
  const [samples = 1, columns = 1] = before.shape;
  const ofColumns = data.figure.along === "columns";
  const strips = Array.from({ length: ofColumns ? columns : samples }, (_, strip) => strip);
  const numbers = (values: readonly number[], strip: number): readonly number[] =>
    values.filter((_, place) => (ofColumns ? place % columns : Math.floor(place / columns)) === strip);
  const most = largest(before.data, after.data);
  const left = 44;
  const x = (value: number): number => left + 4 + ((value + most) / (2 * most)) * (WIDTH - left - 8);
  const row = 13;
  const half = strips.length * row + 6;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${2 * half + 6}`} aria-hidden="true">
      <line className="axis" x1={x(0)} x2={x(0)} y1={0} y2={2 * half + 4} />
      {([before, after] as const).map((values, part) => (
        <g key={part === 0 ? "before" : "after"} transform={`translate(0 ${part * (half + 2)})`}>
          <Label x={0} y={half / 2 + 3}>
            {t(part === 0 ? "figure.before" : "figure.after")}
          </Label>
          {strips.map((strip) => (
            <g key={strip}>
              <line className="axis faint" x1={left} x2={WIDTH} y1={(strip + 0.5) * row} y2={(strip + 0.5) * row} />
              {numbers(values.data, strip).map((value, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
                <circle key={place} className="dot" cx={x(value)} cy={(strip + 0.5) * row} r={2.6} />
              ))}
            </g>
          ))}
        </g>
      ))}
      <line className="axis" x1={left} x2={WIDTH} y1={half} y2={half} />
    </svg>
  );
}

export function WeightsDrawing({ data, frame, t }: DrawingProps) {
  const [x, y, kernel] = [data.inputs[0]?.data ?? [], data.outputs[0]?.data ?? [], data.parameters["kernel"]];
  if (kernel === undefined) return null;
  const most = largest(kernel.data);
  const step = 28;
  const height = Math.max(x.length, y.length) * step;
  const place = (index: number, count: number): number => (height - count * step) / 2 + (index + 0.5) * step;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height + 14}`} aria-hidden="true">
      <Label x={20} y={9}>
        {t("figure.input")}
      </Label>
      <Label x={WIDTH - 20} y={9} end>
        {t("figure.output")}
      </Label>
      <g transform="translate(0 14)">
        {x.flatMap((_, input) =>
          rowOf(kernel, input).map((weight, unit) => (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: a weight is its place
              key={`${input} ${unit}`}
              className={`figure-wire ${unit === frame ? "now" : ""} ${weight < 0 ? "negative" : "positive"}`}
              style={{ strokeWidth: 0.5 + (3.5 * Math.abs(weight)) / most }}
              d={`M58 ${place(input, x.length)} L${WIDTH - 58} ${place(unit, y.length)}`}
            />
          )),
        )}
        {[
          { values: x, at: 20 },
          { values: y, at: WIDTH - 58 },
        ].map(({ values, at: left }) =>
          values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
            <g key={`${left} ${index}`}>
              <Cell
                x={left}
                y={place(index, values.length) - 10}
                size={39}
                height={21}
                value={value}
                most={largest(x, y)}
                className={left > 20 && index === frame ? "under" : ""}
              />
              <text className="figure-number" x={left + 19} y={place(index, values.length) + 4}>
                {short(value)}
              </text>
            </g>
          )),
        )}
      </g>
    </svg>
  );
}

export function weightsCaption({ data, frame, t }: DrawingProps): string {
  return t("figure.caption.weights", { number: frame + 1, value: short(data.outputs[0]?.data[frame] ?? 0) });
}

/** Curve and slope over −4 to 4; of a function of whole rows, bars before and after. */
export function CurveDrawing(props: DrawingProps) {
  return props.data.slope === null ? <RowDrawing {...props} /> : <SlopeDrawing {...props} />;
}

const HEIGHT = 120;

function SlopeDrawing({ data, frame, t }: DrawingProps) {
  const [x, y, slope] = [data.inputs[0]?.data ?? [], data.outputs[0]?.data ?? [], data.slope ?? []];
  const [low, high] = [Math.min(-1, ...y, ...slope), Math.max(1, ...y, ...slope)];
  const px = (value: number): number => 6 + ((value + 4) / 8) * (WIDTH - 12);
  const py = (value: number): number => 6 + ((high - value) / (high - low)) * (HEIGHT - 12);
  const line = (values: readonly number[]): string =>
    x.map((value, index) => `${index === 0 ? "M" : "L"}${px(value).toFixed(1)} ${py(values[index] ?? 0).toFixed(1)}`).join("");
  const now = placeOf(data.frames, frame, x.length);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`} aria-hidden="true">
      <line className="axis" x1={6} x2={WIDTH - 6} y1={py(0)} y2={py(0)} />
      <line className="axis" x1={px(0)} x2={px(0)} y1={6} y2={HEIGHT - 6} />
      <path className="curve" d={line(y)} />
      <path className="curve slope" d={line(slope)} />
      <line className="cursor" x1={px(x[now] ?? 0)} x2={px(x[now] ?? 0)} y1={6} y2={HEIGHT - 6} />
      <circle className="dot" cx={px(x[now] ?? 0)} cy={py(y[now] ?? 0)} r={3.5} />
      <circle className="dot slope" cx={px(x[now] ?? 0)} cy={py(slope[now] ?? 0)} r={3.5} />
      <path className="curve" d={`M6 ${HEIGHT + 8} h18`} />
      <Label x={28} y={HEIGHT + 12}>
        {t("figure.output")}
      </Label>
      <path className="curve slope" d={`M110 ${HEIGHT + 8} h18`} />
      <Label x={132} y={HEIGHT + 12}>
        {t("figure.slope")}
      </Label>
    </svg>
  );
}

/** The dot runs from end to end and stands on places that are there. */
function placeOf(frames: number, frame: number, count: number): number {
  return Math.round((frame / Math.max(1, frames - 1)) * (count - 1));
}

export function curveCaption({ data, frame, t }: DrawingProps): string {
  if (data.slope === null) return "";
  const place = placeOf(data.frames, frame, data.slope.length);
  const at = (values: readonly number[] | undefined): string => short(values?.[place] ?? 0);
  return t("figure.caption.curve", { x: at(data.inputs[0]?.data), y: at(data.outputs[0]?.data), slope: at(data.slope) });
}

function RowDrawing({ data, t }: DrawingProps) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${2 * STRIP + 8}`} aria-hidden="true">
      {[data.inputs[0]?.data ?? [], data.outputs[0]?.data ?? []].map((values, part) => {
        const most = largest(values);
        const middle = part * (STRIP + 4) + STRIP / 2;
        return (
          <g key={part === 0 ? "before" : "after"}>
            <Label x={0} y={middle + 3}>
              {t(part === 0 ? "figure.before" : "figure.after")}
            </Label>
            <line className="axis" x1={50} x2={WIDTH} y1={middle} y2={middle} />
            {values.map((value, index) => {
              const [left, size] = [54 + index * 37, (Math.abs(value) / most) * (STRIP / 2 - 8)];
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
                <g key={index}>
                  <rect
                    className={`bar ${value < 0 ? "negative" : "positive"}`}
                    x={left}
                    width={26}
                    y={value < 0 ? middle : middle - size}
                    height={size}
                  />
                  <text className="figure-number" x={left + 13} y={value < 0 ? middle + size + 9 : middle - size - 2}>
                    {short(value)}
                  </text>
                </g>
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}
