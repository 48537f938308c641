/** A small graph before and after: for one node, the nodes that its number is made of and the links over which they come. */
import { colourOf, type DrawingProps, Label, largest, short, WIDTH } from "./drawing.tsx";

const RADIUS = 40;
const NODE = 13;
const MIDDLE = 72;
const HEIGHT = MIDDLE + RADIUS + NODE + 2;
const CENTRES = [RADIUS + NODE + 2, WIDTH - RADIUS - NODE - 2] as const;

function placeOf(node: number, count: number, centre: number): { x: number; y: number } {
  const angle = (2 * Math.PI * node) / count - Math.PI / 2;
  return { x: Math.round(centre + RADIUS * Math.cos(angle)), y: Math.round(MIDDLE + RADIUS * Math.sin(angle)) };
}

export function GraphDrawing({ data, frame, t }: DrawingProps) {
  const [features] = data.inputs;
  const [output] = data.outputs;
  if (features === undefined || output === undefined) return null;
  const sources = data.sources[frame]?.[0] ?? new Set<number>();
  const most = largest(features.data, output.data);
  const sides = [
    { values: features.data, centre: CENTRES[0], label: t("figure.input"), isMarked: (node: number) => sources.has(node) },
    { values: output.data, centre: CENTRES[1], label: t("figure.output"), isMarked: (node: number) => node === frame },
  ];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {sides.map(({ values, centre, label, isMarked }, side) => (
        <g key={label}>
          <Label x={centre - RADIUS - NODE} y={9}>
            {label}
          </Label>
          {(data.figure.links ?? []).map(([a, b]) => {
            const [from, to] = [placeOf(a, values.length, centre), placeOf(b, values.length, centre)];
            const now = side === 0 && [a, b].includes(frame) && [a, b].every((node) => node === frame || sources.has(node));
            return (
              <line key={`${a} ${b}`} className={now ? "figure-wire now" : "figure-wire"} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
            );
          })}
          {values.map((value, node) => {
            const { x, y } = placeOf(node, values.length, centre);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a node is its place
              <g key={node}>
                <circle className={isMarked(node) ? "cell under" : "cell"} cx={x} cy={y} r={NODE} style={{ fill: colourOf(value, most) }} />
                <text className={node === frame ? "figure-number now" : "figure-number"} x={x} y={y + 3}>
                  {short(value)}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}

export function graphCaption({ data, frame, t }: DrawingProps): string {
  const value = short(data.outputs[0]?.data[frame] ?? 0);
  return t("figure.caption.graph", { node: frame + 1, value, count: data.sources[frame]?.[0]?.size ?? 0 });
}
