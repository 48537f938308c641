/** What is chosen, as it is drawn: a group may stand for its layers, and a connection goes out from one layer of several. */

import type { DesignDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { wholeGroup } from "../../core/graph/groups.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { selectedNodes, useDocument } from "../state/document.ts";
import { enteredGroup } from "./entered-group.ts";
import { foldedGroups } from "./group-boxes.ts";
import { GATE_PREFIX } from "./group-inside.ts";
import { strandsOf } from "./strands.ts";

type Graph = DesignDocument["graph"];

/** What the selection has for a node of the drawing: the layers of a group, nothing for a gate. */
export function choiceOf(flowId: string): readonly string[] {
  if (flowId.startsWith(GATE_PREFIX)) return [];
  if (!flowId.startsWith(GROUP_PREFIX)) return [flowId];
  const id = flowId.slice(GROUP_PREFIX.length);
  return useDocument.getState().design?.graph.groups.find((group) => group.id === id)?.node_ids ?? [];
}

/** From inside of a group no groups are drawn. */
const groupsAreDrawn = (): boolean => enteredGroup() === null;

/** The group whose layers are chosen and no others, where it is drawn. */
export function chosenGroup(): GroupDocument | null {
  const { design } = useDocument.getState();
  if (design === null || !groupsAreDrawn()) return null;
  const ids = new Set(selectedNodes().map(({ id }) => id));
  return ids.size === 0 ? null : (wholeGroup(design.graph.groups, ids) ?? null);
}

/** The group whose name the chosen layers stand for: of one layer in an open group it is the layer's own. */
export function groupToRename(): GroupDocument | null {
  const group = chosenGroup();
  return group !== null && (group.collapsed || group.node_ids.length > 1) ? group : null;
}

/** The collapsed group that a layer is hidden in. */
export function hiddenIn(nodeId: string): GroupDocument | null {
  const { design } = useDocument.getState();
  return design === null ? null : (foldedGroups(design).find(({ node_ids }) => node_ids.includes(nodeId)) ?? null);
}

/** A connection that is chosen alone, or several that are drawn as one: the first of them. */
export function chosenEdge(): string | null {
  const { selection, design } = useDocument.getState();
  const [first] = selection;
  if (first === undefined || design?.graph.edges.some(({ id }) => id === first) !== true) return null;
  const strands = strandsOf(first);
  return strands.length === selection.size && strands.every((id) => selection.has(id)) ? first : null;
}

/**
 * Where layers that are chosen together give their values: the output that leads out of them, or that leads nowhere.
 * @returns none where they have no output, several where one of them has to be chosen
 */
export function outputsOf({ edges }: Pick<Graph, "edges">, chosen: readonly NodeDocument[]): readonly PortReference[] {
  const ids = new Set(chosen.map(({ id }) => id));
  return chosen.flatMap((node): PortReference[] => {
    const from = edges.filter(({ source }) => source === node.id);
    const outwards = from.filter(({ target }) => !ids.has(target));
    if (from.length > 0 && outwards.length === 0) return [];
    const { outputs } = layerDefinition(node.type)?.ports ?? { outputs: [] };
    const output = outputs.find(({ name }) => outwards.some(({ source_port }) => source_port === name)) ?? outputs[0];
    return output === undefined ? [] : [{ node: node.id, port: output.name }];
  });
}
