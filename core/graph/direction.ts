/** Which way a drawing runs: to the right or down. For people alone, the network is the same either way. */
import type { Applied } from "./command.ts";
import type { DesignDocument, Direction, GraphDocument } from "./document.ts";

export const isDown = ({ direction }: Pick<GraphDocument, "direction">): boolean => direction === "down";

/** Used by commands.ts: the design with this direction (null: left out of the document), and the command that brings back the old one. */
export function withDirection(design: DesignDocument, direction: Direction | null): Applied {
  const { direction: before, ...rest } = design.graph;
  const graph = direction === null ? rest : placed(rest, direction);
  return { design: { ...design, graph }, inverse: { type: "set_direction", direction: before ?? null } };
}

/** Where reading a document puts the field: undoing gives the same bytes. */
function placed(graph: GraphDocument, direction: Direction): GraphDocument {
  const last = graph.annotations === undefined ? "groups" : "annotations";
  const entries = Object.entries(graph).flatMap((entry) => (entry[0] === last ? [entry, ["direction", direction] as const] : [entry]));
  return Object.fromEntries(entries) as GraphDocument;
}
