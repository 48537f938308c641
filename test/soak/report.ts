/** What the soaks found as a page, docs/soak.md: those that did not run stay as they were, each with its own date. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "../bench/report.ts";
import type { Figure, Soak } from "./soak.ts";

export interface Outcome {
  readonly soak: Soak;
  readonly figures: readonly Figure[];
  readonly machine: Machine;
  readonly seconds: number;
  readonly date: string;
}

const HEAD = `# Soak

Written by \`npm run soak -- --write\` (with \`--only\` for some of them, each has its own date); do not edit. The heavy trials, whole; a seeded
part of each runs among the tests (test/soak/soak.test.ts). What is told without a goal depends on the machine and on who else is at work on it.`;

export function writeReport(path: string, soaks: readonly Soak[], outcomes: readonly Outcome[]): void {
  const old = existsSync(path) ? readFileSync(path, "utf8") : "";
  const kept = new Map(
    old
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (.*)$/m.exec(text)?.[1] ?? "", text.trimEnd()]),
  );
  for (const outcome of outcomes) kept.set(outcome.soak.title, sectionOf(outcome));
  writeFileSync(path, `${[HEAD, ...soaks.flatMap(({ title }) => kept.get(title) ?? [])].join("\n\n")}\n`);
}

function sectionOf({ soak, figures, machine, seconds, date }: Outcome): string {
  const { processor, cores, memoryGigabytes, system, node, loadAtStart } = machine;
  return [
    `## ${soak.title}`,
    "",
    soak.about,
    "",
    `${date}, \`npm run soak -- --only ${soak.name} --write\`, ${Math.round(seconds)} s; ${processor}, ${cores} cores for the program, ${memoryGigabytes} GB, ${system}, Node ${node}; load at the start ${loadAtStart}.`,
    "",
    "| figure | found | goal | |",
    "|---|---|---|---|",
    ...figures.map(
      ({ what, value, goal, met }) =>
        `| ${what} | ${value} | ${goal === "" ? "–" : goal} | ${goal === "" ? "" : met ? "met" : "NOT met"} |`,
    ),
  ].join("\n");
}
