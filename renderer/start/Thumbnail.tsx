/** A design as a small picture: its layers where they lie, in the colours of their groups. Drawn from the design each time; nothing is kept. */
import { memo } from "react";
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";

const WIDTH = 96;
const HEIGHT = 54;
const MARGIN = 5;
/** Below this a node would be a dot that cannot be told from its neighbour. */
const SMALLEST = 4;
/** More are not told apart in so small a picture, and would cost time. */
const MOST_NODES = 400;

export const Thumbnail = memo(function Thumbnail({ graph }: { graph: Pick<DesignDocument["graph"], "nodes" | "edges" | "direction"> }) {
  const nodes = graph.nodes.slice(0, MOST_NODES);
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const top = Math.min(...nodes.map(({ position }) => position.y));
  const wide = Math.max(...nodes.map(({ position }) => position.x)) + NODE_WIDTH - left;
  const high = Math.max(...nodes.map(({ position }) => position.y)) + NODE_HEIGHT - top;
  const scale = Math.min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high, 0.2);
  const [offsetX, offsetY] = [(WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2];
  const [nodeWidth, nodeHeight] = [Math.max(SMALLEST, NODE_WIDTH * scale), Math.max(SMALLEST, NODE_HEIGHT * scale)];
  // Where connections leave a layer, as shares of its size; they come in opposite.
  const leaving = isDown(graph) ? ([0.5, 1] as const) : ([1, 0.5] as const);
  const place = new Map(
    nodes.map((node) => [node.id, [offsetX + (node.position.x - left) * scale, offsetY + (node.position.y - top) * scale] as const]),
  );
  return (
    <svg className="thumbnail" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {graph.edges.map(({ id, source, target }) => {
        const [from, to] = [place.get(source), place.get(target)];
        if (from === undefined || to === undefined) return null;
        return (
          <line
            key={id}
            x1={from[0] + nodeWidth * leaving[0]}
            y1={from[1] + nodeHeight * leaving[1]}
            x2={to[0] + nodeWidth * (1 - leaving[0])}
            y2={to[1] + nodeHeight * (1 - leaving[1])}
            stroke="var(--ink3)"
          />
        );
      })}
      {nodes.map(({ id, type }) => {
        const [x, y] = place.get(id) ?? [0, 0];
        const group = layerDefinition(type)?.group ?? "unknown";
        return <rect key={id} x={x} y={y} width={nodeWidth} height={nodeHeight} rx={1.5} fill={`var(--group-${group})`} />;
      })}
    </svg>
  );
});
