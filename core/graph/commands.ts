/**
 * Commands: every act on a design, as data. Applying one gives a new design, which shares all that did not change with
 * the old one, and the command that takes it back to the byte: order of nodes and edges and of keys included. Whether
 * a connection makes sense is asked of connect.ts before; commands keep only what a document must never break.
 */
import { AppError } from "../errors.ts";
import { layerDefinition } from "../layers/registry.ts";
import { withAnnotations, withChangedAnnotations } from "./annotations.ts";
import type { Applied, Command, Values } from "./command.ts";
import { withConnection, withNodes, withoutElements } from "./commands-graph.ts";
import { withDirection } from "./direction.ts";
import { type DesignDocument, type GroupDocument, LONGEST_NAME, type NodeDocument, type VectorsDocument } from "./document.ts";
import { withFrozen, withVectors } from "./node-fields.ts";
import type { LayerLookup } from "./ports.ts";
import { soundGroups } from "./sound-groups.ts";

/**
 * @returns the new design and the command that undoes; the design given is not touched
 * @throws AppError design.* when the command does not fit the design; nothing has happened then
 */
export function applyCommand(design: DesignDocument, command: Command, lookup: LayerLookup = layerDefinition): Applied {
  switch (command.type) {
    case "add_nodes":
      return withNodes(design, command, lookup);
    case "remove":
      return withoutElements(design, command);
    case "connect":
      return withConnection(design, command, lookup);
    case "move":
      return move(design, command.positions);
    case "rename":
      return rename(design, command.id, command.name);
    case "set_config": {
      let before: Values = {};
      const next = changeNodes(design, new Set([command.id]), (node) => {
        before = node.config;
        return { ...node, config: merged(node.config, command.config, command) };
      });
      return { design: next, inverse: { type: "set_config", id: command.id, config: before, replace: true } };
    }
    case "set_bypassed":
      return setBypassed(design, command.ids, command.bypassed);
    case "set_frozen":
      return setFrozen(design, command.frozen);
    case "set_vectors":
      return setVectors(design, command.id, command.vectors);
    case "set_shared":
      return setShared(design, command.owners);
    case "set_groups":
      return setGroups(design, command.groups);
    case "set_annotations":
      return withAnnotations(design, command.annotations);
    case "change_annotations":
      return withChangedAnnotations(design, command.changes);
    case "set_direction":
      return withDirection(design, command.direction);
    case "set_training":
      return {
        design: { ...design, train: merged(design.train, command.patch, command) },
        inverse: { type: "set_training", patch: design.train, replace: true },
      };
    case "set_data":
      return { design: { ...design, data: command.data }, inverse: { type: "set_data", data: design.data } };
    case "set_notes":
      return { design: { ...design, notes: command.notes }, inverse: { type: "set_notes", notes: design.notes } };
    case "set_name":
      if (command.name.length > 200) throw new AppError("design.name_too_long", { max: 200, received: command.name.length });
      return { design: { ...design, name: command.name }, inverse: { type: "set_name", name: design.name } };
    case "replace":
      return { design: command.design, inverse: { type: "replace", design } };
    case "batch":
      return batch(design, command.commands, lookup);
    default:
      return command satisfies never;
  }
}

function batch(design: DesignDocument, commands: readonly Command[], lookup: LayerLookup): Applied {
  const ofEach = optionsOfEach(commands);
  if (ofEach !== null) return setOptions(design, ofEach);
  const inverses: Command[] = [];
  let current = design;
  for (const command of commands) {
    const applied = applyCommand(current, command, lookup);
    current = applied.design;
    inverses.push(applied.inverse);
  }
  return { design: current, inverse: { type: "batch", commands: inverses.reverse() } };
}

type SetConfig = Extract<Command, { type: "set_config" }>;

/** The commands by layer where all of them set options and none of them the same layer's; else null. */
function optionsOfEach(commands: readonly Command[]): ReadonlyMap<string, SetConfig> | null {
  const byId = new Map(commands.flatMap((command) => (command.type === "set_config" ? [[command.id, command] as const] : [])));
  return byId.size === commands.length ? byId : null;
}

/** In one pass: one by one, thousands of layers would each copy the list of all. */
function setOptions(design: DesignDocument, commands: ReadonlyMap<string, SetConfig>): Applied {
  const before = new Map<string, Values>();
  const next = changeNodes(design, new Set(commands.keys()), (node) => {
    const command = commands.get(node.id);
    if (command === undefined) return node;
    before.set(node.id, node.config);
    return { ...node, config: merged(node.config, command.config, command) };
  });
  const inverses = [...commands.keys()].map((id): Command => ({ type: "set_config", id, config: before.get(id) ?? {}, replace: true }));
  return { design: next, inverse: { type: "batch", commands: inverses } };
}

/** The design with some nodes changed. @throws AppError design.unknown_node when one of them is not there */
function changeNodes(design: DesignDocument, ids: ReadonlySet<string>, change: (node: NodeDocument) => NodeDocument): DesignDocument {
  const missing = new Set(ids);
  const nodes = design.graph.nodes.map((node) => {
    if (!missing.delete(node.id)) return node;
    return change(node);
  });
  for (const id of missing) throw new AppError("design.unknown_node", { id });
  return { ...design, graph: { ...design.graph, nodes } };
}

function merged(
  current: Values,
  patch: Values,
  options: { readonly unset?: readonly string[]; readonly replace?: boolean },
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...(options.replace === true ? {} : current), ...patch };
  for (const key of [...Object.keys(patch).filter((name) => patch[name] === undefined), ...(options.unset ?? [])]) delete result[key];
  return result;
}

function move(design: DesignDocument, positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>): Applied {
  const before: Record<string, { x: number; y: number }> = {};
  const next = changeNodes(design, new Set(Object.keys(positions)), (node) => {
    const position = positions[node.id] ?? node.position;
    if (!Number.isFinite(position.x) || !Number.isFinite(position.y))
      throw new AppError("design.bad_position", { node: node.name }, { nodeId: node.id });
    before[node.id] = node.position;
    return { ...node, position: { x: position.x, y: position.y } };
  });
  return { design: next, inverse: { type: "move", positions: before } };
}

function rename(design: DesignDocument, id: string, name: string): Applied {
  if (name.trim() === "") throw new AppError("design.name_empty", {}, { nodeId: id });
  assertName(name, id);
  let before = "";
  for (const node of design.graph.nodes)
    if (node.name === name && node.id !== id) throw new AppError("design.name_taken", { name }, { nodeId: id });
  const next = changeNodes(design, new Set([id]), (node) => {
    before = node.name;
    return { ...node, name };
  });
  return { design: next, inverse: { type: "rename", id, name: before } };
}

function setBypassed(design: DesignDocument, ids: readonly string[], bypassed: boolean): Applied {
  const changed: string[] = [];
  const next = changeNodes(design, new Set(ids), (node) => {
    if (node.bypassed === bypassed) return node;
    changed.push(node.id);
    return { ...node, bypassed };
  });
  return { design: next, inverse: { type: "set_bypassed", ids: changed, bypassed: !bypassed } };
}

function setFrozen(design: DesignDocument, frozen: Readonly<Record<string, boolean | null>>): Applied {
  const before: Record<string, boolean | null> = {};
  const next = changeNodes(design, new Set(Object.keys(frozen)), (node) => {
    before[node.id] = node.frozen ?? null;
    return withFrozen(node, frozen[node.id] ?? null);
  });
  return { design: next, inverse: { type: "set_frozen", frozen: before } };
}

function setVectors(design: DesignDocument, id: string, vectors: VectorsDocument | null): Applied {
  let before: VectorsDocument | null = null;
  const next = changeNodes(design, new Set([id]), (node) => {
    before = node.vectors ?? null;
    return withVectors(node, vectors);
  });
  return { design: next, inverse: { type: "set_vectors", id, vectors: before } };
}

function setShared(design: DesignDocument, owners: Readonly<Record<string, string | null>>): Applied {
  const before: Record<string, string | null> = {};
  const present = new Set(design.graph.nodes.map((node) => node.id));
  const next = changeNodes(design, new Set(Object.keys(owners)), (node) => {
    const owner = owners[node.id] ?? null;
    if (owner === node.id || (owner !== null && !present.has(owner)))
      throw new AppError("design.shared_owner_missing", { name: node.name }, { nodeId: node.id });
    before[node.id] = node.shared_with;
    return { ...node, shared_with: owner };
  });
  return { design: next, inverse: { type: "set_shared", owners: before } };
}

function assertName(name: string, nodeId?: string): void {
  if (name.length <= LONGEST_NAME) return;
  throw new AppError("design.name_too_long", { max: LONGEST_NAME, received: name.length }, nodeId === undefined ? {} : { nodeId });
}

function setGroups(design: DesignDocument, groups: readonly GroupDocument[]): Applied {
  const present = new Set(design.graph.nodes.map((node) => node.id));
  const ids = new Set<string>();
  for (const group of groups) {
    if (ids.has(group.id)) throw new AppError("design.duplicate_id", { id: group.id });
    ids.add(group.id);
    assertName(group.name);
    for (const id of group.node_ids) if (!present.has(id)) throw new AppError("design.group_unknown_node", { group: group.name, node: id });
  }
  return {
    design: { ...design, graph: { ...design.graph, groups: soundGroups(groups) } },
    inverse: { type: "set_groups", groups: design.graph.groups },
  };
}
