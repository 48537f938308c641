/** Whether mistakes are written beside their layers: a few can be read, a wall of them hides the network. */
import type { Command } from "../../core/graph/command.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { NodeFacts } from "../state/findings.ts";

/** With more layers than this at fault, only the one that is chosen says why; the others keep their mark and their line. */
const MOST_BUBBLES = 8;

/** Asked by every layer that is drawn: counted once for all of them. */
const counted = new WeakMap<ReadonlyMap<string, NodeFacts>, boolean>();

export function isCrowded(facts: ReadonlyMap<string, NodeFacts>): boolean {
  const known = counted.get(facts);
  if (known !== undefined) return known;
  let count = 0;
  for (const { problems } of facts.values()) if (problems.length > 0) count += 1;
  counted.set(facts, count > MOST_BUBBLES);
  return count > MOST_BUBBLES;
}

/** The problem that a bubble is due for, if there is one. */
export function bubbleProblem(problems: readonly Problem[]): Problem | undefined {
  return problems.find((problem) => problem.fix?.commands.some(changesOptions));
}

function changesOptions(command: Command): boolean {
  if (command.type === "batch") return command.commands.some(changesOptions);
  return command.type !== "remove" && command.type !== "connect";
}
