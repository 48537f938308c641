/** Canonical JSON (keys sorted) and its SHA-256: the identity of a spec, a design, a file. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { DataDocument, DesignDocument } from "../graph/document.ts";

/** JSON with the keys of every object in code-point order and no spaces. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Hexadecimal SHA-256 of the canonical JSON of a value. */
export function hashOf(value: unknown): string {
  return bytesToHex(sha256(new TextEncoder().encode(canonicalJson(value))));
}

/** Identity of what a run trains: the network as drawn (not where nodes stand), training options and preparation. */
export function specHash(design: Pick<DesignDocument, "graph" | "data">, training: unknown): string {
  const nodes = design.graph.nodes.map(({ position: _position, ...node }) => node).sort((a, b) => (a.id < b.id ? -1 : 1));
  const edges = design.graph.edges.map(({ id: _id, ...edge }) => edge);
  return hashOf({ nodes, edges, training, data: design.data === null ? null : preparationOf(design.data) });
}

/**
 * Fingerprint of what a run learns from: that of the data set where every row is as it stands in it, else one of its own.
 * @param fingerprint of the data set
 */
export function dataFingerprint(data: Pick<DataDocument, "row_choices"> | null, fingerprint: string): string {
  const choices = data?.row_choices;
  return choices === undefined ? fingerprint : hashOf({ fingerprint, excluded: choices.excluded, relabelled: choices.relabelled });
}

/** What of the data section decides which numbers are trained on: all but where they came from and what was found by preparing them. */
export function preparationOf({ source: _source, feature_count: _features, class_count: _classes, graph, ...asked }: DataDocument): object {
  if (graph === undefined) return asked;
  const { node_count: _nodes, edge_count: _edges, ...drawn } = graph;
  return { ...asked, graph: drawn };
}
