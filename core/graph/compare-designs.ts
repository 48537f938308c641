/**
 * Two designs laid over each other: every layer and connection of either, with whether it is in both, and the options in
 * which a layer differs, defaults written out. Where things stand on the canvas, groups and notes count for nothing.
 */
import { layerDefinition } from "../layers/registry.ts";
import { type MatchedBy, matchNodes } from "./compare-designs-match.ts";
import type { DesignDocument, EdgeDocument, GraphDocument, NodeDocument } from "./document.ts";
import { vectorsLabel } from "./node-fields.ts";
import { validConfigOf } from "./node-result.ts";
import { edgesBy, type LayerLookup, nodeMap } from "./ports.ts";

export type DifferenceState = "same" | "changed" | "added" | "removed";

/** What of a layer differs: `option` is one of its schema, the others are the document's own. */
export type DifferenceKind = "type" | "name" | "option" | "bypassed" | "frozen" | "vectors" | "shared_with" | "order";

export interface OptionDifference {
  readonly kind: DifferenceKind;
  /** Key of the option; the kind's name where it is none. */
  readonly field: string;
  /** Undefined where that side has no such option (the layer is of another type). `order`: names of the layers, first to last. */
  readonly left: unknown;
  readonly right: unknown;
}

export interface ComparedNode {
  /** Unique among the nodes of the comparison. */
  readonly key: string;
  readonly left: NodeDocument | null;
  readonly right: NodeDocument | null;
  readonly state: DifferenceState;
  /** Null where it is in one design only. */
  readonly by: MatchedBy | null;
  /** Of a changed node; empty else. */
  readonly options: readonly OptionDifference[];
}

export interface ComparedEdge {
  readonly key: string;
  /** Keys of compared nodes. */
  readonly source: string;
  readonly target: string;
  readonly sourcePort: string;
  readonly targetPort: string;
  readonly state: Exclude<DifferenceState, "changed">;
}

export interface DesignComparison {
  /** Those of the left design in its order, with those of the right alone behind what comes before them there. */
  readonly nodes: readonly ComparedNode[];
  readonly edges: readonly ComparedEdge[];
}

/** The later version of a node, and the earlier where it is gone. */
export function shownNode({ left, right }: Pick<ComparedNode, "left" | "right">): NodeDocument {
  const node = right ?? left;
  if (node === null) throw new Error("a compared node is of neither design");
  return node;
}

/** @param left the earlier design: what only it has counts as removed */
export function compareDesigns(
  left: Pick<DesignDocument, "graph">,
  right: Pick<DesignDocument, "graph">,
  lookup: LayerLookup = layerDefinition,
): DesignComparison {
  const matches = matchNodes(left.graph, right.graph);
  const toRight = new Map(matches.map((match) => [match.left, match]));
  const toLeft = new Map(matches.map((match) => [match.right, match]));
  const keys = {
    left: new Map(left.graph.nodes.map(({ id }) => [id, toRight.has(id) ? `both:${id}` : `left:${id}`])),
    right: new Map(right.graph.nodes.map(({ id }) => [id, toLeft.has(id) ? `both:${toLeft.get(id)?.left}` : `right:${id}`])),
  };
  const edges = compareEdges(left.graph, right.graph, keys);
  const rightNodes = nodeMap(right.graph);
  const orders = orderDifferences(left.graph, right.graph, keys);
  const pairOf = (node: NodeDocument): ComparedNode => {
    const match = toRight.get(node.id);
    const other = rightNodes.get(match?.right ?? "") ?? null;
    const key = keys.left.get(node.id) ?? "";
    if (match === undefined || other === null) return { key, left: node, right: null, state: "removed", by: null, options: [] };
    const options = [...nodeDifferences(node, other, left.graph, right.graph, keys, lookup), ...(orders.get(key) ?? [])];
    return { key, left: node, right: other, state: options.length === 0 ? "same" : "changed", by: match.by, options };
  };
  const nodes = left.graph.nodes.map(pairOf);
  return { nodes: withAdded(nodes, right.graph, keys.right), edges };
}

interface Keys {
  /** Id in a design → key in the comparison. */
  readonly left: ReadonlyMap<string, string>;
  readonly right: ReadonlyMap<string, string>;
}

function withAdded(nodes: readonly ComparedNode[], right: GraphDocument, keys: ReadonlyMap<string, string>): readonly ComparedNode[] {
  const behind = new Map<string, ComparedNode[]>();
  const known = new Set(nodes.map(({ key }) => key));
  let anchor = "";
  for (const node of right.nodes) {
    const key = keys.get(node.id) ?? "";
    if (known.has(key)) {
      anchor = key;
      continue;
    }
    const added: ComparedNode = { key, left: null, right: node, state: "added", by: null, options: [] };
    behind.set(anchor, [...(behind.get(anchor) ?? []), added]);
  }
  return [...(behind.get("") ?? []), ...nodes.flatMap((node) => [node, ...(behind.get(node.key) ?? [])])];
}

/** Connections by both ends and their ports; which ones were drawn first is looked at in orderDifferences. */
function compareEdges(left: GraphDocument, right: GraphDocument, keys: Keys): readonly ComparedEdge[] {
  const found = new Map<string, ComparedEdge>();
  for (const edge of left.edges) put(found, comparedEdge(edge, keys.left, "removed"));
  for (const edge of right.edges) {
    const compared = comparedEdge(edge, keys.right, "added");
    put(found, compared !== null && found.get(compared.key)?.state === "removed" ? { ...compared, state: "same" } : compared);
  }
  return [...found.values()];
}

function put(edges: Map<string, ComparedEdge>, edge: ComparedEdge | null): void {
  // Twice the same connection in one design is one here.
  if (edge !== null && edges.get(edge.key)?.state !== "same") edges.set(edge.key, edge);
}

/** Null for an edge whose end is missing. */
function comparedEdge(edge: EdgeDocument, keys: ReadonlyMap<string, string>, state: ComparedEdge["state"]): ComparedEdge | null {
  const source = keys.get(edge.source);
  const target = keys.get(edge.target);
  if (source === undefined || target === undefined) return null;
  const { source_port: sourcePort, target_port: targetPort } = edge;
  return { key: JSON.stringify([source, sourcePort, target, targetPort]), source, target, sourcePort, targetPort, state };
}

function nodeDifferences(
  left: NodeDocument,
  right: NodeDocument,
  leftGraph: GraphDocument,
  rightGraph: GraphDocument,
  keys: Keys,
  lookup: LayerLookup,
): readonly OptionDifference[] {
  const own = (kind: DifferenceKind, before: unknown, after: unknown): OptionDifference => ({
    kind,
    field: kind,
    left: before,
    right: after,
  });
  const found: OptionDifference[] = [];
  if (left.type !== right.type) found.push(own("type", left.type, right.type));
  if (left.name !== right.name) found.push(own("name", left.name, right.name));
  const before = optionsOf(left, lookup);
  const after = optionsOf(right, lookup);
  // What only one type of layer has follows from the type; it is no difference of its own.
  const fields = Object.keys({ ...before, ...after }).filter(
    (field) => left.type === right.type || (Object.hasOwn(before, field) && Object.hasOwn(after, field)),
  );
  for (const field of fields)
    if (!alike(before[field], after[field])) found.push({ kind: "option", field, left: before[field], right: after[field] });
  if (left.bypassed !== right.bypassed) found.push(own("bypassed", left.bypassed, right.bypassed));
  if ((left.frozen === true) !== (right.frozen === true)) found.push(own("frozen", left.frozen === true, right.frozen === true));
  if (left.vectors?.hash !== right.vectors?.hash) found.push(own("vectors", labelOf(left), labelOf(right)));
  const owners = { left: ownerOf(left, leftGraph), right: ownerOf(right, rightGraph) };
  if (keys.left.get(owners.left?.id ?? "") !== keys.right.get(owners.right?.id ?? ""))
    found.push(own("shared_with", owners.left?.name ?? null, owners.right?.name ?? null));
  return found;
}

const labelOf = ({ vectors }: NodeDocument): string | null => (vectors === undefined ? null : vectorsLabel(vectors));

function ownerOf(node: NodeDocument, graph: GraphDocument): NodeDocument | undefined {
  return node.shared_with === null ? undefined : graph.nodes.find(({ id }) => id === node.shared_with);
}

/** With every default; as they stand in the document where they are not valid, or the type is not known here. */
function optionsOf(node: NodeDocument, lookup: LayerLookup): Readonly<Record<string, unknown>> {
  const definition = lookup(node.type);
  return (definition === undefined ? null : validConfigOf(definition, node)) ?? node.config;
}

/** JSON values: the order of an object's fields does not count. */
function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object" || Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && alike(value, right.get(key)));
}

/** Ports that take several (concatenate) see them in the order drawn: where it is another, that is a difference of the layer. */
function orderDifferences(left: GraphDocument, right: GraphDocument, keys: Keys): ReadonlyMap<string, readonly OptionDifference[]> {
  const rightIncoming = edgesBy(right, "target");
  const rightIds = new Map([...keys.right].map(([id, key]) => [key, id]));
  const names = { left: nodeMap(left), right: nodeMap(right) };
  const found = new Map<string, readonly OptionDifference[]>();
  for (const [target, edges] of edgesBy(left, "target")) {
    const key = keys.left.get(target) ?? "";
    const others = rightIncoming.get(rightIds.get(key) ?? "") ?? [];
    const ports = [...new Set(edges.map((edge) => edge.target_port))];
    const differences = ports.flatMap((port): readonly OptionDifference[] => {
      const before = edges.filter((edge) => edge.target_port === port);
      const after = others.filter((edge) => edge.target_port === port);
      if (before.length < 2 || before.length !== after.length) return [];
      const from = before.map((edge) => keys.left.get(edge.source));
      const to = after.map((edge) => keys.right.get(edge.source));
      const moved = from.join() !== to.join() && [...from].sort().join() === [...to].sort().join();
      const named = (list: readonly EdgeDocument[], of: ReadonlyMap<string, NodeDocument>): readonly string[] =>
        list.map((edge) => of.get(edge.source)?.name ?? edge.source);
      return moved ? [{ kind: "order", field: "order", left: named(before, names.left), right: named(after, names.right) }] : [];
    });
    if (differences.length > 0) found.set(key, differences);
  }
  return found;
}
