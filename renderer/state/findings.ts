/**
 * What follows from a design: shapes, costs and problems (core/checks/examine), kept so that an object stays the
 * same while its content does. A node on the canvas is drawn again only when its own facts change.
 */

import type { DataFacts } from "../../core/checks/data-facts.ts";
import { examine } from "../../core/checks/examine.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { NodePropagation, Propagation } from "../../core/graph/propagate.ts";
import { PropagationCache } from "../../core/graph/propagation-cache.ts";

export interface NodeFacts {
  readonly figures: NodePropagation;
  readonly problems: readonly Problem[];
}

export interface Findings {
  readonly cache: PropagationCache;
  readonly propagation: Propagation | null;
  readonly problems: readonly Problem[];
  readonly facts: ReadonlyMap<string, NodeFacts>;
  readonly texts: ReadonlyMap<string, string>;
}

export function startFindings(): Findings {
  return { cache: new PropagationCache(), propagation: null, problems: [], facts: new Map(), texts: new Map() };
}

/** @param rows what is known of the data that the project has chosen */
export function findingsOf(design: DesignDocument, before: Findings, rows: DataFacts | null): Findings {
  const propagation = examine(design, { cache: before.cache, facts: rows });
  const problems = collect(propagation);
  const ofNode = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.nodeId === undefined) continue;
    const list = ofNode.get(problem.nodeId);
    if (list === undefined) ofNode.set(problem.nodeId, [problem]);
    else list.push(problem);
  }
  const facts = new Map<string, NodeFacts>();
  const texts = new Map<string, string>();
  for (const [id, figures] of propagation.nodes) {
    const next: NodeFacts = { figures, problems: ofNode.get(id) ?? [] };
    const text = textOf(next);
    const known = before.facts.get(id);
    const same = known !== undefined && before.texts.get(id) === text && sameFixes(known.problems, next.problems);
    facts.set(id, same ? known : next);
    texts.set(id, text);
  }
  return { cache: before.cache, propagation, problems, facts, texts };
}

/** All but the commands of fixes: the fix of a long row of layers has hundreds, and so has that of the next. */
function textOf({ figures, problems }: NodeFacts): string {
  const said = problems.map(({ fix, ...problem }) => (fix === undefined ? problem : { ...problem, fix: { ...fix, commands: [] } }));
  return JSON.stringify({ figures, problems: said });
}

/** Of as many problems; a command that is the same object is not read. */
function sameFixes(a: readonly Problem[], b: readonly Problem[]): boolean {
  return a.every(({ fix }, place) => {
    const [ours, others] = [fix?.commands ?? [], b[place]?.fix?.commands ?? []];
    return (
      ours.length === others.length &&
      ours.every((command, index) => command === others[index] || JSON.stringify(command) === JSON.stringify(others[index]))
    );
  });
}

function collect(propagation: Propagation): readonly Problem[] {
  const all = [
    ...propagation.problems,
    ...[...propagation.nodes.values()].flatMap((node) => node.problems),
    ...[...propagation.edges.values()].flatMap((edge) => edge.problems),
  ];
  return all.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

/** True when two designs differ in positions, names of groups, notes or the project's name only: nothing follows from those. */
export function sameMeaning(a: DesignDocument, b: DesignDocument): boolean {
  if (a.data !== b.data || a.train !== b.train || a.graph.edges !== b.graph.edges || a.graph.nodes.length !== b.graph.nodes.length)
    return false;
  return a.graph.nodes.every((node, index) => {
    const other = b.graph.nodes[index];
    if (node === other) return true;
    return (
      other !== undefined &&
      node.id === other.id &&
      node.type === other.type &&
      node.name === other.name &&
      node.config === other.config &&
      node.shared_with === other.shared_with &&
      node.bypassed === other.bypassed &&
      node.frozen === other.frozen &&
      node.vectors === other.vectors
    );
  });
}
