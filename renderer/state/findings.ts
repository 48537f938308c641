/**
 * What follows from a design: shapes, costs and problems (core/checks/examine), kept so that an object stays the
 * same while its content does. A node on the canvas is drawn again only when its own facts change.
 */

import { CheckMemory } from "../../core/checks/check-memory.ts";
import type { DataFacts } from "../../core/checks/data-facts.ts";
import { examine } from "../../core/checks/examine.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { NodePropagation, Propagation } from "../../core/graph/propagation.ts";
import { PropagationCache } from "../../core/graph/propagation-cache.ts";

export interface NodeFacts {
  readonly figures: NodePropagation;
  readonly problems: readonly Problem[];
}

export interface Findings {
  readonly cache: PropagationCache;
  readonly memory: CheckMemory;
  readonly propagation: Propagation | null;
  readonly problems: readonly Problem[];
  readonly facts: ReadonlyMap<string, NodeFacts>;
}

export function startFindings(): Findings {
  return { cache: new PropagationCache(), memory: new CheckMemory(), propagation: null, problems: [], facts: new Map() };
}

/** @param rows what is known of the data that the project has chosen */
export function findingsOf(design: DesignDocument, before: Findings, rows: DataFacts | null): Findings {
  const { cache, memory } = before;
  const propagation = examine(design, { cache, memory, facts: rows });
  const problems = collect(propagation);
  const facts = new Map<string, NodeFacts>();
  let changed = before.facts.size !== propagation.nodes.size;
  for (const [id, figures] of propagation.nodes) {
    const known = before.facts.get(id);
    if (known?.figures === figures) facts.set(id, known);
    else {
      changed = true;
      facts.set(id, { figures, problems: worstFirst(figures.problems) });
    }
  }
  const same = problems.length === before.problems.length && problems.every((problem, index) => problem === before.problems[index]);
  return { cache, memory, propagation, problems: same ? before.problems : problems, facts: changed ? facts : before.facts };
}

function collect({ problems, nodes, edges }: Propagation): readonly Problem[] {
  const all = [...problems];
  for (const node of nodes.values()) all.push(...node.problems);
  for (const edge of edges.values()) all.push(...edge.problems);
  return worstFirst(all);
}

function worstFirst(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  return [...problems].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}
