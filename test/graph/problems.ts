/** What the checks say of a design, for tests: all problems, the only one of a code, and the design after its fix. */
import { expect } from "vitest";
import type { DataFacts } from "../../core/checks/data-facts.ts";
import { examine } from "../../core/checks/examine.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { fixCommand } from "../../core/graph/fix-command.ts";
import { fixesOf, type Problem } from "../../core/graph/problem.ts";

/** @param facts what is known of the rows of the data */
export function allProblems(one: DesignDocument, facts: DataFacts | null = null): Problem[] {
  const result = examine(one, { facts });
  return [
    ...result.problems,
    ...[...result.nodes.values()].flatMap((node) => node.problems),
    ...[...result.edges.values()].flatMap((edge) => edge.problems),
  ];
}
export const codes = (one: DesignDocument, facts: DataFacts | null = null): string[] =>
  allProblems(one, facts).map((problem) => problem.error.code);
/** The only problem of the code; its absence or a second one fails. */
export function only(one: DesignDocument, code: string, facts: DataFacts | null = null): Problem {
  const found = allProblems(one, facts).filter((problem) => problem.error.code === code);
  expect(found, code).toHaveLength(1);
  return found[0] as Problem;
}
/**
 * Applies each way to mend it; expects that the problem is gone, and that one undo brings the same bytes back.
 * @returns the design after the first one
 */
export function mended(one: DesignDocument, code: string, facts: DataFacts | null = null): DesignDocument {
  const [first] = mendedEachWay(one, code, facts);
  if (first === undefined) throw new Error(`${code} has no fix`);
  return first;
}
export function mendedEachWay(one: DesignDocument, code: string, facts: DataFacts | null = null): readonly DesignDocument[] {
  return fixesOf(only(one, code, facts)).map((fix) => {
    const { design: after, inverse } = applyCommand(one, fixCommand(one, fix));
    expect(codes(after, facts), fix.code).not.toContain(code);
    expect(JSON.stringify(applyCommand(after, inverse).design), `${code} undone`).toBe(JSON.stringify(one));
    return after;
  });
}
export const config = (one: DesignDocument, id: string) => one.graph.nodes.find((node) => node.id === id)?.config;
