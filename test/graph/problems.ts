/** What the checks say of a design, for tests: all problems, the only one of a code, and the design after its fix. */
import { expect } from "vitest";
import { examine } from "../../core/checks/examine.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { fixesOf, type Problem } from "../../core/graph/problem.ts";

export function allProblems(one: DesignDocument): Problem[] {
  const result = examine(one);
  return [
    ...result.problems,
    ...[...result.nodes.values()].flatMap((node) => node.problems),
    ...[...result.edges.values()].flatMap((edge) => edge.problems),
  ];
}
export const codes = (one: DesignDocument): string[] => allProblems(one).map((problem) => problem.error.code);
/** The only problem of the code; its absence or a second one fails. */
export function only(one: DesignDocument, code: string): Problem {
  const found = allProblems(one).filter((problem) => problem.error.code === code);
  expect(found, code).toHaveLength(1);
  return found[0] as Problem;
}
/**
 * Applies each way to mend it; expects that the problem is gone, and that one undo brings the same bytes back.
 * @returns the design after the first one
 */
export function mended(one: DesignDocument, code: string): DesignDocument {
  const [first] = mendedEachWay(one, code);
  if (first === undefined) throw new Error(`${code} has no fix`);
  return first;
}
export function mendedEachWay(one: DesignDocument, code: string): readonly DesignDocument[] {
  return fixesOf(only(one, code)).map((fix) => {
    const { design: after, inverse } = applyCommand(one, { type: "batch", commands: fix.commands });
    expect(codes(after), fix.code).not.toContain(code);
    expect(JSON.stringify(applyCommand(after, inverse).design), `${code} undone`).toBe(JSON.stringify(one));
    return after;
  });
}
export const config = (one: DesignDocument, id: string) => one.graph.nodes.find((node) => node.id === id)?.config;
