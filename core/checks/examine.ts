/** Everything there is to say about a design: propagation, with the problems and fixes of all checks put where they belong. */
import type { DesignDocument } from "../graph/document.ts";
import type { Problem } from "../graph/problem.ts";
import { isSound, type PropagateOptions, type Propagation, propagate } from "../graph/propagate.ts";
import { layerDefinition } from "../layers/registry.ts";
import { checkedDesign } from "./check.ts";
import type { DataFacts } from "./data-facts.ts";
import { checks } from "./registry.ts";

export interface ExamineOptions extends PropagateOptions {
  /** What is known of the rows; without it, checks that need it say nothing. */
  readonly facts?: DataFacts | null;
}

/** Problems that checks find, those included that take the place of one of propagation's with the same code and node. */
export function runChecks(design: DesignDocument, propagation: Propagation, options: ExamineOptions = {}): Problem[] {
  const context = checkedDesign(design, propagation, options.lookup ?? layerDefinition, options.facts ?? null);
  const nodes = [...context.nodes.values()].filter(({ node }) => !node.bypassed).map((checked) => ({ ...context, ...checked }));
  return checks.flatMap((check) => ("runDesign" in check ? check.runDesign(context) : nodes.flatMap((node) => check.run(node))));
}

/** {@link propagate} and {@link runChecks} in one: what the canvas shows and the command line prints. */
export function examine(design: DesignDocument, options: ExamineOptions = {}): Propagation {
  const propagation = propagate(design, options);
  const found = runChecks(design, propagation, options);
  if (found.length === 0) return propagation;
  const byNode = new Map<string, Problem[]>();
  for (const problem of found)
    if (problem.nodeId !== undefined) byNode.set(problem.nodeId, [...(byNode.get(problem.nodeId) ?? []), problem]);
  const nodes = new Map(
    [...propagation.nodes].map(([id, node]) => [id, { ...node, problems: withChecks(node.problems, byNode.get(id) ?? []) }]),
  );
  const problems = withChecks(
    propagation.problems,
    found.filter((problem) => problem.nodeId === undefined),
  );
  return { ...propagation, nodes, problems, ok: isSound(nodes, propagation.edges, problems) };
}

function withChecks(own: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  if (found.length === 0) return own;
  const replaced = new Set(found.flatMap(({ error }) => [error.code, replacedBy.get(error.code) ?? error.code]));
  return [...own.filter((problem) => !replaced.has(problem.error.code)), ...found];
}

const replacedBy = new Map(checks.map((check) => [check.code, check.replaces]));
