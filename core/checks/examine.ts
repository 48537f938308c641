/** Everything there is to say about a design: propagation, with the problems and fixes of all checks put where they belong. */
import type { DesignDocument } from "../graph/document.ts";
import type { Problem } from "../graph/problem.ts";
import { isSound, type PropagateOptions, propagate } from "../graph/propagate.ts";
import type { Propagation } from "../graph/propagation.ts";
import { layerDefinition } from "../layers/registry.ts";
import { CheckMemory } from "./check-memory.ts";
import type { DataFacts } from "./data-facts.ts";
import { checks } from "./registry.ts";

export interface ExamineOptions extends PropagateOptions {
  /** What is known of the rows; without it, checks that need it say nothing. */
  readonly facts?: DataFacts | null;
  /** Keep one between calls, beside the cache: only what looks at something that changed is checked again. */
  readonly memory?: CheckMemory;
}

/** {@link propagate} and all checks in one: what the canvas shows and the command line prints. */
export function examine(design: DesignDocument, options: ExamineOptions = {}): Propagation {
  const { memory = new CheckMemory(), lookup = layerDefinition, facts = null } = options;
  const propagation = propagate(design, options);
  const found = memory.run(design, propagation, lookup, facts);
  if (found.size === 0) return propagation;
  const nodes = new Map(propagation.nodes);
  for (const [id, findings] of found) {
    const own = id === null ? undefined : propagation.nodes.get(id);
    if (id === null || own === undefined) continue;
    const finish = () => ({ ...own, problems: withChecks(own.problems, findings.map(problemOf)) });
    nodes.set(id, memory.finish(id, own, findings, finish));
  }
  const problems = withChecks(propagation.problems, (found.get(null) ?? []).map(problemOf));
  return { ...propagation, nodes, problems, ok: isSound(nodes, propagation.edges, problems) };
}

const problemOf = ({ problem }: { readonly problem: Problem }): Problem => problem;

/** Problems of checks take the place of propagation's of the same code. */
function withChecks(own: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  if (found.length === 0) return own;
  const replaced = new Set(found.flatMap(({ error }) => [error.code, replacedBy.get(error.code) ?? error.code]));
  return [...own.filter((problem) => !replaced.has(problem.error.code)), ...found];
}

const replacedBy = new Map(checks.map((check) => [check.code, check.replaces]));
