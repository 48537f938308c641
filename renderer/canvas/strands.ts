/** Connections as they are drawn: several of one output into a collapsed group are one, and what goes into it goes into all of them. */
import { bundledEdges } from "../../core/graph/group-ports.ts";
import { useDocument } from "../state/document.ts";
import { enteredGroup } from "./entered-group.ts";

/** All connections that are drawn as one with this one; inside a group no other groups are drawn. */
export function strandsOf(edgeId: string): readonly string[] {
  const { design } = useDocument.getState();
  return design === null || enteredGroup() !== null ? [edgeId] : bundledEdges(design.graph, edgeId);
}
