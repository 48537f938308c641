/** What changed from one design to the next, counted for one line of a list; the words are the reader's. */
import { compareDesigns, shownNode } from "./compare-designs.ts";
import { isDown } from "./direction.ts";
import type { DesignDocument } from "./document.ts";
import type { LayerLookup } from "./ports.ts";

export interface ChangeSummary {
  /** Names of layers. */
  readonly added: string[];
  readonly removed: string[];
  readonly changed: string[];
  readonly edges_added: number;
  readonly edges_removed: number;
  readonly training: boolean;
  readonly data: boolean;
  /** Notes and frames of the canvas. */
  readonly annotations: boolean;
  /** The text about the design. */
  readonly notes: boolean;
  readonly groups: boolean;
  /** Which way the drawing runs. */
  readonly direction: boolean;
  /** Layers that stand elsewhere. */
  readonly moved: number;
}

export function summariseChange(before: DesignDocument, after: DesignDocument, lookup?: LayerLookup): ChangeSummary {
  const { nodes, edges } = compareDesigns(before, after, lookup);
  const names = (state: string): string[] => nodes.filter((node) => node.state === state).map((node) => shownNode(node).name);
  const count = (state: string): number => edges.filter((edge) => edge.state === state).length;
  return {
    added: names("added"),
    removed: names("removed"),
    changed: names("changed"),
    edges_added: count("added"),
    edges_removed: count("removed"),
    training: differ(before.train, after.train),
    data: differ(before.data, after.data),
    annotations: differ(before.graph.annotations ?? [], after.graph.annotations ?? []),
    notes: before.notes !== after.notes,
    groups: differ(before.graph.groups, after.graph.groups),
    direction: isDown(before.graph) !== isDown(after.graph),
    moved: nodes.filter(({ left, right }) => left !== null && right !== null && differ(left.position, right.position)).length,
  };
}

/** As JSON with the keys of objects in order: what was written in another order is the same. */
function differ(before: unknown, after: unknown): boolean {
  return before !== after && JSON.stringify(before, inOrder) !== JSON.stringify(after, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
