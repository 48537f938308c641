/** docs/acceptance.md: what was asked and what was reached, a section a run; a run that was not made keeps its section and its date. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type AcceptanceRun, askedText, type Figure, isReached, reachedText } from "./acceptance.ts";

export interface Outcome {
  readonly run: AcceptanceRun;
  readonly figures: readonly Figure[];
  readonly calls: readonly string[];
  readonly seconds: number;
}

const HEAD = `# Acceptance

What the issues ask on real data, and what the command line reached. Written by \`npm run acceptance -- --write\` (with names for some of the runs:
each has its own date); do not edit. The data is not part of the repository: ../shared/data.`;

/** @param date and machine, as a sentence */
export function writePage(path: string, runs: readonly AcceptanceRun[], outcomes: readonly Outcome[], measured: string): void {
  const old = existsSync(path) ? readFileSync(path, "utf8") : "";
  const sections = new Map(
    old
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (.*)$/m.exec(text)?.[1] ?? "", text.trimEnd()]),
  );
  for (const outcome of outcomes) sections.set(outcome.run.name, sectionText(outcome, measured));
  writeFileSync(path, `${[HEAD, ...runs.flatMap(({ name }) => sections.get(name) ?? [])].join("\n\n")}\n`);
}

function sectionText({ run, figures, calls, seconds }: Outcome, measured: string): string {
  const rows = figures.map((figure) => {
    const state = askedText(figure) === "" ? "" : isReached(figure) ? "reached" : "**missed**";
    return `| ${figure.what} | ${askedText(figure)} | ${reachedText(figure)} | ${state} |`;
  });
  return [
    `## ${run.name}`,
    "",
    `${run.about} ${measured}, ${seconds.toFixed(0)} s in all.`,
    "",
    "| | asked | reached | |",
    "|---|---|---|---|",
    ...rows,
    "",
    "```",
    ...calls,
    "```",
  ].join("\n");
}
