/**
 * What a check is: one piece of advice about a design that shapes alone do not give, or the one-click fix of a mistake
 * that propagation found. One file a check; it asks definitions for traits and never names a type of layer.
 */
import type { DesignDocument, EdgeDocument, NodeDocument } from "../graph/document.ts";
import { validConfigOf } from "../graph/node-result.ts";
import { edgesBy, type LayerLookup, nodeMap } from "../graph/ports.ts";
import type { Problem } from "../graph/problem.ts";
import type { NodePropagation, Propagation } from "../graph/propagation.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import type { AnyConfig } from "../schema/fields.ts";
import type { DataFacts } from "./data-facts.ts";

/** The design with what all checks ask of it, looked up once. */
export interface CheckedDesign {
  readonly design: DesignDocument;
  readonly propagation: Propagation;
  readonly lookup: LayerLookup;
  readonly nodes: ReadonlyMap<string, CheckedNode>;
  /** Of the rows that it learns from; null where nobody knows them. */
  readonly facts: DataFacts | null;
}
export interface CheckedNode {
  readonly node: NodeDocument;
  readonly definition: LayerDefinition;
  /** Every option present; null while one of them is not valid. */
  readonly config: AnyConfig | null;
  readonly result: NodePropagation;
  /** Edges in the order of the document. */
  readonly incoming: readonly EdgeDocument[];
  readonly outgoing: readonly EdgeDocument[];
  /** Whether other layers use its weights. */
  readonly lends: boolean;
}

interface CheckBase {
  /** The code of the problems it gives: `design.*`. Where propagation gave the same one on the same node, this takes its place. */
  readonly code: string;
  /** Where it finds something on a node, propagation's problem of this code there is said better and left out. */
  readonly replaces?: string;
}
/** Asked of every node of known type that is not bypassed. */
export interface NodeCheck extends CheckBase {
  readonly run: (context: CheckedDesign & CheckedNode) => readonly Problem[];
}
/** Asked once. */
export interface DesignCheck extends CheckBase {
  readonly runDesign: (context: CheckedDesign) => readonly Problem[];
}
export type Check = NodeCheck | DesignCheck;

export function defineCheck<C extends Check>(check: C): C {
  return check;
}

/** @param before that of the last time: a layer of which nothing changed stays the same object */
export function checkedDesign(of: Omit<CheckedDesign, "nodes">, before: CheckedDesign | null = null): CheckedDesign {
  const { design, propagation, lookup } = of;
  const incoming = edgesBy(design.graph, "target");
  const outgoing = edgesBy(design.graph, "source");
  const lenders = new Set(design.graph.nodes.map((node) => node.shared_with));
  const sameEdges = before !== null && before.design.graph.edges === design.graph.edges;
  const nodes = new Map<string, CheckedNode>();
  for (const [id, node] of nodeMap(design.graph)) {
    const definition = lookup(node.type);
    const result = propagation.nodes.get(id);
    if (definition === undefined || result === undefined) continue;
    const known = before?.nodes.get(id);
    const ends = { incoming: incoming.get(id) ?? [], outgoing: outgoing.get(id) ?? [] };
    const lends = lenders.has(id);
    // The place of a layer counts too: fixes put new layers beside it.
    const same = known !== undefined && known.node === node && known.definition === definition && known.result === result;
    if (same && known.lends === lends && (sameEdges || sameEnds(known, ends))) {
      nodes.set(id, known);
      continue;
    }
    const sameConfig = known !== undefined && known.definition === definition && known.node.config === node.config;
    const config = sameConfig ? known.config : validConfigOf(definition, node);
    nodes.set(id, { node, definition, config, result, ...ends, lends });
  }
  return { ...of, nodes };
}

function sameEnds(a: Pick<CheckedNode, "incoming" | "outgoing">, b: Pick<CheckedNode, "incoming" | "outgoing">): boolean {
  const same = (one: readonly EdgeDocument[], other: readonly EdgeDocument[]): boolean =>
    one.length === other.length && one.every((edge, index) => edge === other[index]);
  return same(a.incoming, b.incoming) && same(a.outgoing, b.outgoing);
}
