/** A connection with the shape that flows through it and the names of its axes: in short, in full while it is pointed at (and, chosen, in the inspector). One that runs backwards goes around in rounded steps. */
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { signalNumber } from "../insight/finding-words.ts";
import { axesOf, useAfterwards } from "../state/afterwards.ts";
import { useDocument } from "../state/document.ts";
import { useSignals } from "../state/signals.ts";
import { batchInShort, shapeInWords } from "../ui/axis-words.ts";
import { errorText } from "../ui/error-text.ts";
import { formatShape } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { useCanvas } from "./canvas-state.ts";
import { edgePath } from "./edge-path.ts";
import type { ShapeFlowEdge } from "./flow-elements.ts";

/** Pixels: one word has to stand somewhere. */
const LEAST_ROOM = 44;

export const ShapeEdge = memo(function ShapeEdge(props: EdgeProps<ShapeFlowEdge>) {
  const { id, source, sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, selected, data } = props;
  const ends = { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition };
  const far = useCanvas((state) => state.far);
  // Asked here and not handed over: a shape that changes would make React Flow look through all connections of the design.
  const shape = useDocument((state) => state.propagation?.edges.get(id)?.shape ?? null);
  const axes = useAfterwards((state) => axesOf(state, id));
  const t = useText();
  const language = useLanguage();
  const wrong = data?.wrong === true;
  const mistake = useDocument((state) => (wrong ? (state.propagation?.edges.get(id)?.problems[0]?.error ?? null) : null));
  const why = mistake === null ? "" : errorText(mistake, language);
  const inWords = shape === null || far ? "" : shapeInWords(shape, axes, t);
  const deviation = useSignals((state) => (far ? null : (state.layers.get(source)?.activations.deviation ?? null)));
  const [path, labelX, labelY] = edgePath(ends);
  const classes = ["shape-pill", selected === true ? "selected" : "", wrong ? "wrong" : ""].filter(Boolean).join(" ");
  return (
    <>
      <g>
        {(why !== "" || inWords !== "") && <title>{[why, inWords].filter(Boolean).join("\n")}</title>}
        <BaseEdge id={id} path={path} interactionWidth={18} className={wrong ? "wrong" : ""} />
      </g>
      {shape === null && why !== "" && !far && (
        <EdgeLabelRenderer>
          <span className={classes} role="img" aria-label={why} data-axes="" style={placeAt(labelX, labelY)}>
            <Icon name="error" size={12} />
          </span>
        </EdgeLabelRenderer>
      )}
      {shape !== null && (
        <EdgeLabelRenderer>
          <span
            className={classes}
            data-axes={batchInShort(shape, axes, t)}
            style={{ ...placeAt(labelX, labelY), "--room": roomFor(ends) } as React.CSSProperties}
          >
            {formatShape(shape)}
            {deviation !== null && <span className="edge-spread">σ {signalNumber(deviation)}</span>}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

const placeAt = (x: number, y: number): React.CSSProperties => ({ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` });

/** Of a connection that runs backwards: its line is long, what it lies between is not known. */
const ROOM_BACKWARDS = "90px";

/** Room between the two layers, below their ports: names of axes that need more go on in a second line, not below the layers. */
function roomFor({ sourceX, sourcePosition, targetX }: Pick<EdgeProps, "sourceX" | "sourcePosition" | "targetX">): string {
  if (sourcePosition === Position.Bottom) return "none";
  const gap = targetX - sourceX;
  return gap > 0 ? `${Math.max(LEAST_ROOM, gap + PORT_WIDTH)}px` : ROOM_BACKWARDS;
}

/** Connections begin and end outside the port's dot, which stands half in the layer. */
const PORT_WIDTH = 10;
