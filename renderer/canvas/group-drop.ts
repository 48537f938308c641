/** What a place of the drawing stands for: a collapsed group's port for the port of a layer inside, its box for the layer that can take a connection. */

import { AppError } from "../../core/errors.ts";
import { givenUp } from "../../core/graph/connect.ts";
import type { GroupDocument } from "../../core/graph/document.ts";
import { GROUP_PREFIX } from "../../core/graph/drawn-boxes.ts";
import { type GroupPort, type GroupPorts, groupPorts } from "../../core/graph/group-ports.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import { useDocument } from "../state/document.ts";

type Side = keyof GroupPorts;

/** The collapsed group that is drawn as this node; null for all other nodes. */
export function foldedGroup(flowId: string): GroupDocument | null {
  if (!flowId.startsWith(GROUP_PREFIX)) return null;
  const groups = useDocument.getState().design?.graph.groups ?? [];
  return groups.find(({ id, collapsed }) => collapsed && id === flowId.slice(GROUP_PREFIX.length)) ?? null;
}

export function portsOfGroup(group: GroupDocument): GroupPorts {
  const { design, facts } = useDocument.getState();
  if (design === null) return { inputs: [], outputs: [] };
  return groupPorts(design.graph, group, (id) => facts.get(id)?.figures.outputs ?? null);
}

/** The port of a layer that a handle of the drawing stands for. */
export function portOfHandle(flowId: string, handle: string | null | undefined, side: Side): PortReference {
  const group = foldedGroup(flowId);
  if (group === null) return { node: flowId, port: handle ?? "" };
  return referenceTo(portsOfGroup(group)[side].find(({ id }) => id === handle)) ?? { node: flowId, port: handle ?? "" };
}

const referenceTo = (port: GroupPort | undefined): PortReference | null =>
  port === undefined ? null : { node: port.node, port: port.port };

/**
 * The port of a group that a connection let go over its box is for: the one that can take it, and of several the one that gives nothing up.
 * @param takes whether a port can take it
 * @throws AppError where none or more than one can
 */
export function portUnder(group: GroupDocument, side: Side, takes: (port: PortReference) => boolean): PortReference {
  const { design } = useDocument.getState();
  const ports = portsOfGroup(group)[side];
  const taking = ports.filter(takes);
  const free = taking.filter((port) => side === "outputs" || design === null || givenUp(design, port).length === 0);
  const [only, ...others] = free.length > 0 ? free : taking;
  const [first] = ports;
  if (only !== undefined && others.length > 0) {
    const names = [only, ...others].map(({ name, port }) => `${name} (${port})`).join(", ");
    throw new AppError("design.group_ports_several", { group: group.name, names });
  }
  const chosen = referenceTo(only ?? first);
  if (chosen === null) throw new AppError("design.group_no_port", { group: group.name });
  return chosen;
}
