/** What was copied from a drawing that runs the other way, as it is to lie in this one. */
import { turnedDown, turnedRight } from "../../core/blocks/turned.ts";
import { frameAround, lyingIn, type Placed } from "../../core/graph/annotations.ts";
import type { Selection } from "../../core/graph/clipboard.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";

const boxes = (nodes: readonly NodeDocument[]): readonly Placed[] =>
  nodes.map(({ id, position }) => ({ id, position, width: NODE_WIDTH, height: NODE_HEIGHT }));

/** Rows become columns, or columns rows; frames go around the layers that they held. */
export function turnedFor(selection: Selection, { graph }: Pick<DesignDocument, "graph">): Selection {
  const { nodes, annotations, direction } = selection;
  if (direction === undefined || isDown({ direction }) === isDown(graph)) return selection;
  const turned = isDown(graph) ? turnedDown : turnedRight;
  const [before, placed] = [boxes(nodes), turned(nodes)];
  const notes = turned(annotations ?? []).map((one, index) => {
    const old = annotations?.[index];
    const held = new Set(old?.kind === "frame" ? lyingIn(old, before) : []);
    return held.size === 0 ? one : { ...one, ...frameAround(boxes(placed).filter(({ id }) => held.has(id))) };
  });
  return {
    ...selection,
    nodes: [...placed],
    ...(annotations === undefined ? {} : { annotations: notes }),
    direction: graph.direction ?? "right",
  };
}
