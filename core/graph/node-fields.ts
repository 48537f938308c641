/** Fields that a layer's document has only where they say something: put where reading a document puts them, so that undoing gives the same bytes. */
import type { NodeDocument, VectorsDocument } from "./document.ts";

/** @param frozen null leaves the field out */
export function withFrozen(node: NodeDocument, frozen: boolean | null): NodeDocument {
  const { frozen: _old, ...rest } = node;
  return frozen === null ? rest : withBehind(rest, "bypassed", { frozen });
}

/** @param vectors null leaves the field out */
export function withVectors(node: NodeDocument, vectors: VectorsDocument | null): NodeDocument {
  const { vectors: _old, ...rest } = node;
  return vectors === null ? rest : withBehind(rest, node.frozen === undefined ? "bypassed" : "frozen", { vectors });
}

function withBehind(node: NodeDocument, field: keyof NodeDocument, added: Partial<NodeDocument>): NodeDocument {
  const entries = Object.entries(node).flatMap((entry) => (entry[0] === field ? [entry, ...Object.entries(added)] : [entry]));
  return Object.fromEntries(entries) as NodeDocument;
}

/** Word vectors in a line: two files of one name are not the same. */
export const vectorsLabel = ({ name, hash }: VectorsDocument): string => `${name} (${hash.slice(0, 8)})`;
