/** Every fix of every finding, over designs drawn at random: a click mends what it says and nothing else breaks. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { examine } from "../../core/checks/examine.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { fixCommand } from "../../core/graph/fix-command.ts";
import { edgesBy, nodeMap } from "../../core/graph/ports.ts";
import { type Fix, fixesOf, type Problem } from "../../core/graph/problem.ts";
import type { Propagation } from "../../core/graph/propagation.ts";
import { allProblems } from "./problems.ts";
import { mistaken } from "./random-fixes.ts";

/** How long designs are drawn at most: on a busy machine fewer are. */
const LONGEST_MS = 15_000;

/** What is said word for word, and what is wrong where. */
const said = ({ error, nodeId, edgeId }: Problem): string => JSON.stringify([error, nodeId, edgeId]);
const place = ({ error, nodeId, edgeId }: Problem): string => JSON.stringify([error.code, nodeId, edgeId]);

test("each mends its finding, brings no error that could be told before, and is taken back to the byte", () => {
  let clicks = 0;
  const mended = new Set<string>();
  fc.assert(
    fc.property(mistaken, (one) => {
      const bytes = JSON.stringify(one);
      const before = allProblems(one);
      const found = examine(one);
      const places = new Set(before.map(place));
      for (const problem of before)
        for (const fix of fixesOf(problem)) {
          const { design: after, inverse } = applyCommand(one, fixCommand(one, fix));
          const left = allProblems(after);
          const label = `${fix.code} of ${said(problem)}`;
          expect(left.map(said), label).not.toContain(said(problem));
          const brought = left.filter(
            (now) => now.severity === "error" && !places.has(place(now)) && !isUncovered(one, found, problem, now, fix),
          );
          expect(brought.map(place), label).toEqual([]);
          expect(JSON.stringify(applyCommand(after, inverse).design), label).toBe(bytes);
          clicks += 1;
          mended.add(problem.error.code);
        }
    }),
    { numRuns: 700, seed: 20_261_125, interruptAfterTimeLimit: LONGEST_MS, endOnFailure: true },
  );
  expect(clicks).toBeGreaterThan(100);
  expect(mended.size).toBeGreaterThan(15);
}, 60_000);

/**
 * Whether it was there before and could not be told: behind what had no shape, on a layer whose options another takes over, or before a
 * normalization that hid what kind of values it gets.
 */
function isUncovered({ graph }: DesignDocument, found: Propagation, problem: Problem, now: Problem, fix: Fix): boolean {
  if (fix.code === "fix.replace" && now.error.code === "design.softmax_of_one") return true;
  if (problem.error.code === "design.normalization_before_output" && now.error.code === "design.loss_wants_probabilities") return true;
  if (now.nodeId === undefined) return false;
  const incoming = edgesBy(graph, "target");
  const nodes = nodeMap(graph);
  const upstream = new Set([now.nodeId]);
  for (const id of upstream) {
    const { shared_with: owner, config } = nodes.get(id) ?? {};
    for (const { id: input, name } of graph.nodes) if (name === config?.["target_input"]) upstream.add(input);
    if (owner != null) upstream.add(owner);
    for (const { source } of incoming.get(id) ?? []) upstream.add(source);
  }
  return [...upstream].some((id) => nodes.has(id) && found.nodes.get(id)?.outputs == null);
}
