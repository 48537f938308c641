/**
 * A block that a person made: layers of a design kept by a name, with the options that are asked for when it is used again, and as often in
 * a row as is wanted. Plain data, so that it can be kept with the settings; what is read back is checked.
 */
import { AppError } from "../errors.ts";
import { isDown } from "../graph/direction.ts";
import {
  type DesignDocument,
  type EdgeDocument,
  edgeSchema,
  type GroupDocument,
  LONGEST_NAME,
  type NodeDocument,
  nodeSchema,
} from "../graph/document.ts";
import { uniqueName } from "../graph/naming.ts";
import { type LayerLookup, nodeMap, type PortReference } from "../graph/ports.ts";
import { handedOn, ownerOf } from "../graph/sharing.ts";
import { topologicalOrder } from "../graph/topology.ts";
import type { Language } from "../layers/layer.ts";
import type { AnyConfig, Field, Schema } from "../schema/fields.ts";
import { validateConfig, validateValue } from "../schema/validate.ts";
import type { BlockTexts } from "./block.ts";
import type { Piece } from "./insert.ts";
import { turnedRight } from "./turned.ts";

/** An option of a layer of the block that is asked for. */
export interface Exposed {
  readonly node: string;
  readonly field: string;
}

export interface OwnBlock {
  readonly id: string;
  readonly name: string;
  /** In the order of computing. */
  readonly nodes: readonly NodeDocument[];
  /** Between these nodes. */
  readonly edges: readonly EdgeDocument[];
  /** What comes in: for each source outside, the ports that it feeds. */
  readonly entries: readonly (readonly PortReference[])[];
  readonly exits: readonly PortReference[];
  readonly exposed: readonly Exposed[];
}

export const MOST_REPEATS = 50;
const COLUMN = 236;
const MOST_LAYERS = 500;

/** @throws AppError block.too_large */
export function assertBlockSize(count: number): void {
  if (count > MOST_LAYERS) throw new AppError("block.too_large", { count, max: MOST_LAYERS });
}

/**
 * Takes layers out of a design as a block. What fed them from outside becomes its entries, what they gave outside, or to nobody, its exits.
 * @throws AppError design.nothing_selected, block.too_large
 */
export function ownBlockOf(
  design: Pick<DesignDocument, "graph">,
  nodeIds: Iterable<string>,
  { id, name, exposed }: Pick<OwnBlock, "id" | "name" | "exposed">,
  lookup: LayerLookup,
): OwnBlock {
  const ids = new Set(nodeIds);
  const known = nodeMap(design.graph);
  const { order } = topologicalOrder(design.graph);
  // Layers of a loop, and behind one, have no order but are chosen all the same.
  const placed = new Set([...order, ...known.keys()]);
  const nodes = [...placed].flatMap((one) => (ids.has(one) ? (known.get(one) ?? []) : []));
  if (nodes.length === 0) throw new AppError("design.nothing_selected");
  assertBlockSize(nodes.length);
  const edges = design.graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  return {
    id,
    name,
    nodes: handedOn(isDown(design.graph) ? turnedRight(nodes) : nodes, (owner) => (ids.has(owner) ? undefined : (known.get(owner) ?? {}))),
    edges,
    entries: entriesOf(design, nodes, lookup),
    exits: exitsOf(design, nodes, lookup),
    exposed,
  };
}

/**
 * The options that a block asks for, of the layers that are to take its place: by the layers themselves where they are the same, else by
 * their place in the order of computing, where that is a layer of the same type.
 */
export function exposedAgain(block: OwnBlock, design: Pick<DesignDocument, "graph">, nodeIds: Iterable<string>): readonly Exposed[] {
  const ids = new Set(nodeIds);
  const known = nodeMap(design.graph);
  const order = topologicalOrder(design.graph).order.filter((one) => ids.has(one));
  return block.exposed.flatMap(({ node, field }): readonly Exposed[] => {
    if (ids.has(node)) return [{ node, field }];
    const index = block.nodes.findIndex(({ id }) => id === node);
    const there = order[index];
    const same = there !== undefined && known.get(there)?.type === block.nodes[index]?.type;
    return same ? [{ node: there, field }] : [];
  });
}

function entriesOf({ graph }: Pick<DesignDocument, "graph">, nodes: readonly NodeDocument[], lookup: LayerLookup): PortReference[][] {
  const ids = new Set(nodes.map((node) => node.id));
  const bySource = new Map<string, PortReference[]>();
  for (const node of nodes)
    for (const port of lookup(node.type)?.ports.inputs ?? []) {
      const into = graph.edges.filter((edge) => edge.target === node.id && edge.target_port === port.name);
      // A port that nothing feeds yet waits for a source of its own.
      const sources = into.length === 0 && port.optional !== true ? [`open ${node.id} ${port.name}`] : [];
      const outside = into.filter((edge) => !ids.has(edge.source)).map((edge) => `${edge.source} ${edge.source_port}`);
      for (const source of [...sources, ...outside]) {
        const fed = bySource.get(source) ?? [];
        bySource.set(source, [...fed, { node: node.id, port: port.name }]);
      }
    }
  return [...bySource.values()];
}

function exitsOf({ graph }: Pick<DesignDocument, "graph">, nodes: readonly NodeDocument[], lookup: LayerLookup): PortReference[] {
  const ids = new Set(nodes.map((node) => node.id));
  return nodes.flatMap((node) =>
    (lookup(node.type)?.ports.outputs ?? []).flatMap((port) => {
      const from = graph.edges.filter((edge) => edge.source === node.id && edge.source_port === port.name);
      return from.length === 0 || from.some((edge) => !ids.has(edge.target)) ? [{ node: node.id, port: port.name }] : [];
    }),
  );
}

/** Whether copies can stand in a row: what one gives is what the next takes. Of several outputs none would be more than another. */
export function canRepeat({ entries, exits }: OwnBlock): boolean {
  return entries.length > 0 && exits.length === 1;
}

/** Key of an exposed option among the block's. */
function keyOf(block: OwnBlock, { node, field }: Exposed): string {
  return `${block.nodes.findIndex(({ id }) => id === node)}_${field}`;
}

function fieldOf(block: OwnBlock, { node, field }: Exposed, lookup: LayerLookup): { field: Field; node: NodeDocument } | null {
  const found = block.nodes.find(({ id }) => id === node);
  const own = found === undefined ? undefined : lookup(found.type)?.schema[field];
  return found === undefined || own === undefined ? null : { field: own, node: found };
}

/** The options that are asked for: those exposed, at the values that they were saved with, and how often the block stands in a row. */
export function ownSchema(block: OwnBlock, lookup: LayerLookup): Schema {
  const schema: Record<string, Field> = {};
  for (const exposed of block.exposed) {
    const found = fieldOf(block, exposed, lookup);
    if (found === null || isAskedBefore(block, exposed)) continue;
    // What decides elsewhere whether it is shown belongs to the layer's own form.
    const { visibleWhen: _when, advanced: _advanced, ...field } = found.field;
    schema[keyOf(block, exposed)] = { ...field, default: savedValue(found.field, found.node, exposed.field) } as Field;
  }
  if (canRepeat(block)) schema["repeat"] = { kind: "int", default: 1, min: 1, max: MOST_REPEATS, nullable: false };
  return schema;
}

/** Of the layer with this id: whose weights it uses. */
function familyOf(block: OwnBlock, id: string): string | null {
  const node = block.nodes.find((one) => one.id === id);
  return node === undefined ? null : ownerOf(node);
}

/** Of layers that share weights an option is asked for once. */
function isAskedBefore(block: OwnBlock, exposed: Exposed): boolean {
  const family = familyOf(block, exposed.node);
  const first = block.exposed.find(({ node, field }) => field === exposed.field && familyOf(block, node) === family);
  return first !== exposed;
}

function savedValue(field: Field, node: NodeDocument, name: string): Field["default"] {
  const saved = node.config[name];
  if (saved === undefined) return field.default;
  try {
    return validateValue(field, saved, node.name, name) as Field["default"];
  } catch (thrown) {
    // A value that the layer no longer takes: the form begins at the default, and the layer says so on the canvas if it is kept.
    if (thrown instanceof AppError) return field.default;
    throw thrown;
  }
}

/** Words of the form. @param repeat label and help of how often it stands in a row */
export function ownWords(
  block: OwnBlock,
  language: Language,
  lookup: LayerLookup,
  repeat: BlockTexts["fields"][string],
): BlockTexts["fields"] {
  const words: Record<string, { label: string; help: string }> = { repeat };
  for (const exposed of block.exposed) {
    const node = block.nodes.find(({ id }) => id === exposed.node);
    const field = node === undefined ? undefined : lookup(node.type)?.texts[language].fields[exposed.field];
    if (node === undefined || field === undefined) continue;
    words[keyOf(block, exposed)] = { label: `${node.name}: ${field.label}`, help: field.help };
  }
  return words;
}

/**
 * The layers of the block with the options given, copies side by side, each in a group and fed by the one before; what comes in beside
 * the first entry goes to every copy.
 * @throws AppError config.* when an option is out of its range
 */
export function drawOwnBlock(block: OwnBlock, options: AnyConfig, lookup: LayerLookup): Piece {
  const schema = ownSchema(block, lookup);
  const config: AnyConfig = validateConfig(schema, options, block.name);
  const copies = typeof config["repeat"] === "number" ? config["repeat"] : 1;
  const nodes = block.nodes.map((node): NodeDocument => {
    // What shares weights has the same options.
    const set = block.exposed.filter((one) => familyOf(block, one.node) === ownerOf(node) && schema[keyOf(block, one)] !== undefined);
    const changed = set.filter((one) => config[keyOf(block, one)] !== schema[keyOf(block, one)]?.default);
    return {
      ...node,
      config: {
        ...node.config,
        ...Object.fromEntries(changed.map((one) => [one.field, config[keyOf(block, one)]])),
      } as NodeDocument["config"],
    };
  });
  const at = nodes.map(({ position }) => position.x);
  const step = Math.max(...at) - Math.min(...at) + COLUMN;
  const named = (id: string, copy: number): string => (copy === 0 ? id : `${id}~${copy}`);
  const placed = ({ node, port }: PortReference, copy: number): PortReference => ({ node: named(node, copy), port });
  const names = new Set(nodes.map(({ name }) => name));
  const freshName = (base: string): string => {
    const name = uniqueName(base, names);
    names.add(name);
    return name;
  };
  const piece = { nodes: [] as NodeDocument[], edges: [] as EdgeDocument[], groups: [] as GroupDocument[] };
  const entries = block.entries.map((ports) => ports.map((port) => placed(port, 0)));
  for (let copy = 0; copy < copies; copy += 1) {
    piece.nodes.push(
      ...nodes.map((node) => ({
        ...node,
        id: named(node.id, copy),
        name: copy === 0 ? node.name : freshName(node.name),
        position: { x: node.position.x + copy * step, y: node.position.y },
        shared_with: node.shared_with === null ? null : named(node.shared_with, copy),
      })),
    );
    piece.edges.push(
      ...block.edges.map((edge) => ({
        ...edge,
        id: named(edge.id, copy),
        source: named(edge.source, copy),
        target: named(edge.target, copy),
      })),
    );
    const stem = block.name.slice(0, LONGEST_NAME - 8);
    const name = copies === 1 ? stem : `${stem} ${copy + 1}`;
    piece.groups.push({ id: named("group", copy), name, node_ids: nodes.map(({ id }) => named(id, copy)), collapsed: false });
    if (copy === 0) continue;
    const [exit] = block.exits;
    const [first = []] = block.entries;
    if (exit === undefined) continue;
    const from = placed(exit, copy - 1);
    for (const [index, port] of first.entries()) {
      const to = placed(port, copy);
      piece.edges.push({ id: `row~${copy}~${index}`, source: from.node, source_port: from.port, target: to.node, target_port: to.port });
    }
    block.entries.slice(1).forEach((ports, index) => entries[index + 1]?.push(...ports.map((port) => placed(port, copy))));
  }
  return { ...piece, entries, exits: block.exits.map((exit) => placed(exit, copies - 1)) };
}

/** Blocks that were kept, without those that are not whole. */
export function readOwnBlocks(saved: unknown): readonly OwnBlock[] {
  return Array.isArray(saved) ? saved.flatMap((one: unknown) => readOwnBlock(one) ?? []) : [];
}

function readOwnBlock(saved: unknown): OwnBlock | null {
  if (saved === null || typeof saved !== "object") return null;
  const get = (key: keyof OwnBlock): unknown => Reflect.get(saved, key);
  const nodes = nodeSchema.array().min(1).max(MOST_LAYERS).safeParse(get("nodes"));
  const edges = edgeSchema.array().safeParse(get("edges"));
  const [id, name] = [get("id"), get("name")];
  if (!nodes.success || !edges.success || typeof id !== "string" || typeof name !== "string") return null;
  const ids = new Set(nodes.data.map((node) => node.id));
  if (edges.data.some(({ source, target }) => !ids.has(source) || !ids.has(target))) return null;
  const entries = listOf(get("entries")).map((ports) => portsOf(ports, ids));
  const exposed = listOf(get("exposed")).flatMap((one): readonly Exposed[] => {
    const [node, field] = [read(one, "node"), read(one, "field")];
    return typeof node === "string" && typeof field === "string" && ids.has(node) ? [{ node, field }] : [];
  });
  return { id, name, nodes: nodes.data, edges: edges.data, entries, exits: portsOf(get("exits"), ids), exposed };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function read(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object" ? Reflect.get(value, key) : undefined;
}

function portsOf(value: unknown, ids: ReadonlySet<string>): readonly PortReference[] {
  return listOf(value).flatMap((one) => {
    const [node, port] = [read(one, "node"), read(one, "port")];
    return typeof node === "string" && typeof port === "string" && ids.has(node) ? [{ node, port }] : [];
  });
}
