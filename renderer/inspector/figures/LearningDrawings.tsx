/** What a network is given, what is skipped of it, and what it is taught by: rows of a table, padding, penalties and losses. */
import { Cell, type DrawingProps, Label, largest, short, WIDTH } from "./drawing.tsx";

const HEIGHT = 110;
const TANGENT = 30;

/** The place on the curve at which the mark stands. */
function markOf({ data, frame }: Pick<DrawingProps, "data" | "frame">): number {
  const count = data.curve?.x.length ?? 1;
  return Math.round((frame / Math.max(1, data.frames - 1)) * (count - 1));
}

/** The curve from end to end, the mark on it with its tangent, and what is to be predicted where something is. */
export function LossDrawing({ data, frame, t }: DrawingProps) {
  const { x, y, target } = data.curve ?? { x: [0, 1], y: [0, 0], target: null };
  const [from, to] = [x[0] ?? 0, x.at(-1) ?? 1];
  const most = Math.max(1e-3, ...y);
  const px = (value: number): number => 30 + ((value - from) / (to - from)) * (WIDTH - 40);
  const py = (value: number): number => 8 + ((most - value) / most) * (HEIGHT - 16);
  const now = markOf({ data, frame });
  const [mx, my] = [px(x[now] ?? 0), py(y[now] ?? 0)];
  // The slope in units of the drawing.
  const [dx, dy] = [1, (py(data.slope?.[now] ?? 0) - py(0)) / (px(from + 1) - px(from))];
  const length = Math.hypot(dx, dy);
  const [tx, ty] = [(TANGENT * dx) / length, (TANGENT * dy) / length];
  // At a steep end it would run out of the drawing, over the words around it.
  const within = (way: 1 | -1): number => (ty === 0 ? 1 : Math.min(1, (way * ty < 0 ? my : HEIGHT - my) / Math.abs(ty)));
  const end = (way: 1 | -1): string => `${mx + way * within(way) * tx} ${my + way * within(way) * ty}`;
  const line = x.map((value, place) => `${place === 0 ? "M" : "L"}${px(value).toFixed(1)} ${py(y[place] ?? 0).toFixed(1)}`).join("");
  const wanted = target !== null && target >= from && target <= to + 0.05 ? px(Math.min(target, to)) : null;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 28}`} aria-hidden="true">
      <line className="axis" x1={30} x2={WIDTH - 10} y1={py(0)} y2={py(0)} />
      {wanted !== null && <line className="axis target" x1={wanted} x2={wanted} y1={4} y2={py(0)} />}
      <path className="curve" d={line} />
      <path className="curve slope" d={`M${end(-1)} L${end(1)}`} />
      <circle className="dot" cx={mx} cy={my} r={3.5} />
      <Label x={0} y={12}>
        {short(most)}
      </Label>
      <Label x={0} y={py(0) + 3}>
        0
      </Label>
      <Label x={30} y={HEIGHT + 8}>
        {short(from)}
      </Label>
      <Label x={WIDTH - 10} y={HEIGHT + 8} end>
        {short(to)}
      </Label>
      {wanted !== null && (
        <Label x={wanted > WIDTH / 2 ? wanted - 4 : wanted + 4} y={12} end={wanted > WIDTH / 2}>
          {t("figure.target")}
        </Label>
      )}
      <path className="curve" d={`M30 ${HEIGHT + 20} h14`} />
      <Label x={48} y={HEIGHT + 24}>
        {t(data.figure.kind === "loss" ? "figure.loss" : "figure.penalty")}
      </Label>
      <path className="curve slope" d={`M136 ${HEIGHT + 20} h14`} />
      <Label x={154} y={HEIGHT + 24}>
        {t("figure.slope")}
      </Label>
    </svg>
  );
}

export function lossCaption({ data, frame, t }: DrawingProps): string {
  const now = markOf({ data, frame });
  const at = (values: readonly number[] | undefined): string => short(values?.[now] ?? 0);
  const values = { x: at(data.curve?.x), y: at(data.curve?.y), slope: at(data.slope ?? []) };
  const target = data.curve?.target ?? null;
  return target === null ? t("figure.caption.penalty", values) : t("figure.caption.loss", { ...values, target: short(target) });
}

const STEP = 27;
const NAMES = 46;

/** Numbers by step: `rows` of the last axis under one another. */
function columnOf(values: readonly number[], features: number, step: number): readonly number[] {
  return values.slice(step * features, (step + 1) * features);
}

/** The mean of the steps that count, from the first to each: padding leaves it as it was. */
function meansOf(values: readonly number[], mask: readonly number[], features: number): readonly (readonly number[])[] {
  const sums = Array.from({ length: features }, () => 0);
  let count = 0;
  return mask.map((counts, step) => {
    if (counts > 0) {
      count += 1;
      columnOf(values, features, step).forEach((value, feature) => {
        sums[feature] = (sums[feature] ?? 0) + value;
      });
    }
    return sums.map((sum) => (count === 0 ? 0 : sum / count));
  });
}

export function KeptDrawing({ data, frame, t }: DrawingProps) {
  const [input, mask] = [data.inputs[0], data.mask];
  if (input === undefined || mask === null) return null;
  const features = input.shape.at(-1) ?? 1;
  const means = meansOf(data.outputs[0]?.data ?? [], mask.data, features);
  const size = 15;
  const most = largest(input.data);
  const below = features * size + 20;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${below + 20 + features * size}`} aria-hidden="true">
      <Label x={0} y={(features * size) / 2 + 3}>
        {t("figure.input")}
      </Label>
      <Label x={0} y={below + 16 + (features * size) / 2}>
        {t("figure.mean")}
      </Label>
      {mask.data.map((counts, step) => {
        const x = NAMES + step * STEP;
        const now = step === frame;
        const later = step > frame ? "later" : "";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <g key={step}>
            {columnOf(input.data, features, step).map((value, feature) => (
              <Cell
                // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
                key={feature}
                x={x}
                y={feature * size}
                size={STEP - 2}
                height={size}
                value={value}
                most={most}
                className={now ? "under" : ""}
              />
            ))}
            {counts > 0 ? (
              <path className="tick" d={`M${x + 8} ${below - 9} l4 4 l7 -8`} />
            ) : (
              <path className="cross" d={`M${x + 8} ${below - 13} l8 8 m0 -8 l-8 8`} />
            )}
            {(means[step] ?? []).map((value, feature) => (
              <Cell
                // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
                key={feature}
                x={x}
                y={below + 12 + feature * size}
                size={STEP - 2}
                height={size}
                value={value}
                most={most}
                className={later}
              />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

export function keptCaption({ data, frame, t }: DrawingProps): string {
  const counts = (data.mask?.data[frame] ?? 1) > 0;
  const value = String(data.config[data.figure.paddedWith ?? ""] ?? "");
  return counts ? t("figure.caption.kept", { step: frame + 1 }) : t("figure.caption.skipped", { step: frame + 1, value });
}

const ROW = 21;

/** The table on the left, what the network is given of each row on the right. */
export function RowsDrawing({ data, frame, t }: DrawingProps) {
  const { rows } = data;
  const most = largest(rows.flatMap(({ values }) => values));
  const cell = 31;
  const left = WIDTH - 4 * cell;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${24 + rows.length * ROW}`} aria-hidden="true">
      <Label x={2} y={9}>
        {t("figure.rows.number")}
      </Label>
      <Label x={50} y={9}>
        {t("figure.rows.category")}
      </Label>
      <Label x={left} y={9}>
        {t("figure.rows.given")}
      </Label>
      {rows.map(({ number, category, values }, row) => {
        const y = 16 + row * ROW;
        const now = row === frame;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <g key={row}>
            <rect className={`table-row ${now ? "under" : ""}`} x={0.5} y={y} width={92} height={ROW - 3} rx={2} />
            <text className={`figure-number ${now ? "now" : ""}`} x={22} y={y + 12}>
              {number}
            </text>
            <text className={`figure-number ${now ? "now" : ""}`} x={68} y={y + 12}>
              {category}
            </text>
            {now && <path className="arrow" d={`M97 ${y + 9} h12 m-4 -4 l4 4 l-4 4`} />}
            {values.map((value, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a number is its place
              <g key={place}>
                <Cell x={left + place * cell} y={y} size={cell} height={ROW - 2} value={value} most={most} className={now ? "under" : ""} />
                <text className="figure-number" x={left + place * cell + cell / 2} y={y + 12}>
                  {short(value)}
                </text>
              </g>
            ))}
          </g>
        );
      })}
    </svg>
  );
}

export function rowsCaption({ data, frame, t }: DrawingProps): string {
  const row = data.rows[frame];
  const shape = data.config["shape"];
  const values = { number: row?.number ?? 0, category: row?.category ?? "", count: row?.values.length ?? 0 };
  return Array.isArray(shape)
    ? t("figure.caption.rows_shaped", { ...values, shape: `[${shape.join(", ")}]` })
    : t("figure.caption.rows", values);
}
