/** What happens along a sequence: gates and state of one unit over time, weights of attention, vectors looked up for indices. */
import type { Values } from "../../../core/figures/run-layer.ts";
import { Cell, type DrawingProps, Grid, Label, largest, short, WIDTH } from "./drawing.tsx";
import { rowOf } from "./WindowDrawing.tsx";

const NAMES = 74;
const ROW = 17;

/** The unit whose state moves most says most. */
function liveliest(states: Values | undefined): number {
  const units = states?.shape.at(-1) ?? 1;
  const moves = Array.from({ length: units }, (_, unit) =>
    (states?.data ?? []).reduce((sum, value, place) => sum + (place % units === unit ? Math.abs(value) : 0), 0),
  );
  return moves.indexOf(Math.max(...moves));
}

/** Of one unit: one row the input, each gate, the cell where there is one, and the state. */
function gateRows({ data, t }: Omit<DrawingProps, "frame">): readonly { readonly name: string; readonly values: readonly number[] }[] {
  const { taps, figure, frames, inputs } = data;
  const steps = Array.from({ length: frames }, (_, step) => step);
  const unit = liveliest(taps["states"]);
  const ofUnit = (tap: Values | undefined): readonly number[] => steps.map((step) => tap?.data[step * (tap.shape.at(-1) ?? 1) + unit] ?? 0);
  const parts = figure.parts ?? [];
  const gates = taps["gates"];
  const units = gates?.shape.at(-1) ?? 1;
  const ofPart = (part: number): readonly number[] => steps.map((step) => gates?.data[(step * parts.length + part) * units + unit] ?? 0);
  return [
    { name: t("figure.input"), values: inputs[0]?.data ?? [] },
    ...parts.map((part, index) => ({ name: t(`figure.part.${part}`), values: ofPart(index) })),
    ...(taps["cell_states"] === undefined ? [] : [{ name: t("figure.cell"), values: ofUnit(taps["cell_states"]) }]),
    { name: t("figure.part.state"), values: ofUnit(taps["states"]) },
  ];
}

export function GatesDrawing({ data, frame, t }: DrawingProps) {
  const rows = gateRows({ data, t });
  const size = (WIDTH - NAMES) / data.frames;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${rows.length * ROW + 2}`} aria-hidden="true">
      {rows.map(({ name, values }, row) => (
        <g key={name}>
          <Label x={0} y={row * ROW + 12}>
            {name}
          </Label>
          {values.map((value, step) => (
            <Cell
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
              key={step}
              x={NAMES + step * size}
              y={row * ROW + 1}
              size={size}
              height={ROW - 2}
              value={value}
              most={1}
              className={step > frame ? "later" : ""}
            />
          ))}
        </g>
      ))}
      <rect className="cursor" x={NAMES + frame * size - 0.5} y={0.5} width={size} height={rows.length * ROW} rx={2} />
    </svg>
  );
}

export function gatesCaption({ data, frame, t }: DrawingProps): string {
  const rows = gateRows({ data, t });
  const value = (row: number): string => short(rows.at(row)?.values[frame] ?? 0);
  return t("figure.caption.gates", { step: frame + 1, input: value(0), state: value(-1) });
}

/** Weights […, heads, queries, keys] → one matrix a head. */
function headsOf({ data }: Pick<DrawingProps, "data">): readonly Values[] {
  const weights = data.taps["weights"];
  const [queries = 1, keys = 1] = weights?.shape.slice(-2) ?? [];
  const count = Math.round((weights?.data.length ?? 0) / (queries * keys));
  return Array.from({ length: count }, (_, head) => ({
    shape: [queries, keys],
    data: weights?.data.slice(head * queries * keys, (head + 1) * queries * keys) ?? [],
  }));
}

export function AttentionDrawing({ data, frame, t }: DrawingProps) {
  const heads = headsOf({ data });
  const keys = heads[0]?.shape[1] ?? 1;
  const each = WIDTH / Math.max(2, heads.length);
  const most = largest(...heads.map(({ data: weights }) => weights));
  const size = Math.min(20, Math.floor((each - 14) / keys));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${keys * size + 18}`} aria-hidden="true">
      {heads.map((head, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a head is its place
        <g key={index} transform={`translate(${index * each} 0)`}>
          <Label x={0} y={9}>
            {heads.length === 1 ? t("figure.weights") : t("figure.head", { number: index + 1 })}
          </Label>
          <Grid x={0} y={14} size={size} values={head} most={most} />
          <rect className="cursor" x={-0.5} y={13.5 + frame * size} width={keys * size} height={size} rx={2} />
        </g>
      ))}
    </svg>
  );
}

export function attentionCaption({ data, frame, t }: DrawingProps): string {
  const [head] = headsOf({ data });
  const weights = head === undefined ? [] : rowOf(head, frame);
  const most = Math.max(...weights);
  return t("figure.caption.focus", { step: frame + 1, most: weights.indexOf(most) + 1, share: Math.round(100 * most) });
}

export function LookupDrawing({ data, frame, t }: DrawingProps) {
  const [indices = [], table, found] = [data.inputs[0]?.data, data.parameters["embeddings"], data.outputs[0]];
  if (table === undefined || found === undefined) return null;
  const most = largest(table.data);
  const index = indices[frame] ?? 0;
  const [size, middle, right] = [18, 56, 158];
  const width = table.shape[1] ?? 1;
  const rows = { shape: [indices.length, width], data: found.data };
  return (
    <svg viewBox={`0 0 ${WIDTH} ${14 + Math.max(table.shape[0] ?? 0, indices.length) * size + 2}`} aria-hidden="true">
      <Label x={0} y={9}>
        {t("figure.input")}
      </Label>
      <Label x={middle} y={9}>
        {t("figure.table")}
      </Label>
      <Label x={right} y={9}>
        {t("figure.output")}
      </Label>
      {indices.map((value, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
        <text key={place} className={`figure-number ${place === frame ? "now" : ""}`} x={10} y={14 + place * size + 13}>
          {value}
        </text>
      ))}
      {Array.from({ length: table.shape[0] ?? 0 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <Label key={row} x={middle - 5} y={14 + row * size + 13} end>
          {String(row)}
        </Label>
      ))}
      <Grid x={middle} y={14} size={size} values={table} most={most} />
      <Grid x={right} y={14} size={size} values={rows} most={most} classOf={(row) => (row > frame ? "later" : "")} />
      <rect className="cursor" x={middle - 0.5} y={13.5 + index * size} width={width * size} height={size} rx={2} />
      <rect className="cursor" x={right - 0.5} y={13.5 + frame * size} width={width * size} height={size} rx={2} />
      <path className="figure-wire now" d={`M18 ${14 + (frame + 0.5) * size} L${middle - 14} ${14 + (index + 0.5) * size}`} />
      <path
        className="figure-wire now"
        d={`M${middle + width * size + 2} ${14 + (index + 0.5) * size} L${right - 4} ${14 + (frame + 0.5) * size}`}
      />
    </svg>
  );
}

export function lookupCaption({ data, frame, t }: DrawingProps): string {
  return t("figure.caption.lookup", { index: data.inputs[0]?.data[frame] ?? 0 });
}
