/**
 * What the last propagation found, for the next one: a layer that is the same, and gets the same shapes, comes to the same object
 * without being asked. Whatever decides what a layer comes to is compared here; what is not the same is computed as if for the first time.
 */
import type { Shape } from "../ir/tensor.ts";
import type { DataDocument, EdgeDocument, GraphDocument, NodeDocument } from "./document.ts";
import type { StepCost } from "./layer-cost.ts";
import { edgesBy, type LayerLookup } from "./ports.ts";
import type { EdgePropagation, NodePropagation, NodeResult, Propagation } from "./propagation.ts";
import { sameLayer } from "./same-meaning.ts";
import { topologicalOrder } from "./topology.ts";

/** What follows from who is joined to whom, and nothing else of the design. */
export interface Structure {
  readonly nodes: readonly NodeDocument[];
  readonly edges: readonly EdgeDocument[];
  /** By the node that they lead to, in the order of the document. */
  readonly incoming: ReadonlyMap<string, readonly EdgeDocument[]>;
  readonly order: readonly string[];
  readonly cyclic: readonly string[];
}

/** One layer as it was asked the last time, and what it came to by itself (sharing is looked at afterwards). */
export interface Visit {
  readonly node: NodeDocument;
  readonly incoming: readonly EdgeDocument[];
  /** One an edge: null while it is not known, undefined where there is no such source. */
  readonly arriving: readonly (Shape | null | undefined)[];
  readonly found: NodePropagation;
  /** Null where it was not asked: it is skipped, of unknown type, or gets nothing. */
  readonly result: NodeResult | null;
}

export interface PropagationMemory {
  readonly lookup: LayerLookup;
  readonly data: DataDocument | null;
  readonly structure: Structure;
  readonly visits: Map<string, Visit>;
  /** Whether more is said of layers than their visits say. */
  readonly beside: boolean;
  readonly propagation: Propagation;
}

/** That of the memory where the same nodes are joined in the same way. */
export function structureOf(graph: GraphDocument, before: Structure | undefined): Structure {
  const { nodes, edges } = graph;
  if (before !== undefined && before.edges === edges && sameNodes(before.nodes, nodes)) return before;
  return { nodes, edges, incoming: edgesBy(graph, "target"), ...topologicalOrder(graph) };
}

function sameNodes(a: readonly NodeDocument[], b: readonly NodeDocument[]): boolean {
  return a === b || (a.length === b.length && a.every((node, index) => node.id === b[index]?.id && node.type === b[index].type));
}

/** Whether a layer would come to the same again; the data section and the look-up are compared by the caller. */
export function stillHolds(
  before: Visit,
  node: NodeDocument,
  incoming: readonly EdgeDocument[],
  arriving: readonly (Shape | null | undefined)[],
): boolean {
  return (
    sameLayer(before.node, node) &&
    (before.incoming === incoming ||
      (before.incoming.length === incoming.length && before.incoming.every((edge, index) => edge === incoming[index]))) &&
    before.arriving.every((shape, index) => sameShape(shape, arriving[index]))
  );
}

export function sameShape(a: Shape | null | undefined, b: Shape | null | undefined): boolean {
  if (a === b) return true;
  return a != null && b != null && a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function sameShapes(a: readonly Shape[] | null, b: readonly Shape[] | null): boolean {
  return a === b || (a !== null && b !== null && a.length === b.length && a.every((shape, index) => sameShape(shape, b[index])));
}

const sameStep = (a: StepCost | null, b: StepCost | null): boolean => a === b || (a !== null && b !== null && a.isAs(b));

/** The object of before where the new one says the same. */
export function keptNode(before: NodePropagation | undefined, now: NodePropagation): NodePropagation {
  if (before === undefined || before === now) return now;
  const same =
    before.parameters === now.parameters &&
    before.frozenParameters === now.frozenParameters &&
    before.multiplyAdds === now.multiplyAdds &&
    sameStep(before.step, now.step) &&
    before.activationElements === now.activationElements &&
    sameShapes(before.inputs, now.inputs) &&
    before.portNames.join() === now.portNames.join() &&
    sameShapes(before.outputs, now.outputs) &&
    sameText(before.problems, now.problems);
  return same ? before : now;
}

export function keptEdge(before: EdgePropagation | undefined, now: EdgePropagation): EdgePropagation {
  return before !== undefined && sameShape(before.shape, now.shape) && sameText(before.problems, now.problems) ? before : now;
}

/** The map of before where it has the same objects in the same order. */
export function keptMap<T>(before: ReadonlyMap<string, T> | undefined, now: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  if (before === undefined || before.size !== now.size) return now;
  const entries = now[Symbol.iterator]();
  for (const [id, value] of before) {
    const [otherId, other] = entries.next().value ?? [];
    if (id !== otherId || value !== other) return now;
  }
  return before;
}

/** The map with some of its values looked at again; the same map where none of them changed. */
export function changedMap<T>(
  before: ReadonlyMap<string, T>,
  ids: Iterable<string>,
  look: (id: string, was: T) => T,
): ReadonlyMap<string, T> {
  let changed: Map<string, T> | null = null;
  for (const id of ids) {
    const was = before.get(id);
    if (was === undefined) continue;
    const now = look(id, was);
    if (now === was) continue;
    changed ??= new Map(before);
    changed.set(id, now);
  }
  return changed ?? before;
}

function sameText(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && (a.length === 0 || JSON.stringify(a) === JSON.stringify(b)));
}
