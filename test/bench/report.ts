/** The figures as a page for docs/benchmarks.md and as JSON. Names the machine by its processor and cores, never by name or path. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { Measured, Measurement, Section, Table } from "./measurement.ts";

export interface Result {
  readonly section: Section;
  readonly measured: Measured;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted a core when measuring began: above 1 others were at work. */
  readonly loadAtStart: number;
}

export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    loadAtStart: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

const show = (value: number): string => (value < 10 ? value.toFixed(3) : value.toLocaleString("en", { maximumFractionDigits: 1 }));

/** Writes the sections that were measured; those that were not stay as they were, with their own date. */
export function writePage(path: string, sections: readonly Section[], results: readonly Result[], measuredAs: Measuring): void {
  const old = existsSync(path) ? readFileSync(path, "utf8") : "";
  const kept = new Map(
    old
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (.*)$/m.exec(text)?.[1] ?? "", text.trimEnd()]),
  );
  for (const result of results) kept.set(result.section.title, `${sectionText(result, measuredAs).trimEnd()}`);
  const texts = sections.flatMap(({ title }) => kept.get(title) ?? []);
  writeFileSync(path, `${[HEAD, ...texts].join("\n\n")}\n`);
}

export interface Measuring {
  readonly machine: Machine;
  readonly date: string;
  readonly command: string;
}

const HEAD = `# Benchmarks

Written by \`npm run bench -- --write\` (with \`--only\` for some sections, each has its own date); do not edit. Medians of the rounds with the
least and the most: the machine is shared, so a difference under a quarter is none.`;

function measuringText({ machine, date, command }: Measuring): string {
  return `${date}, \`${command}\`; ${machine.processor}, ${machine.cores} cores for the program, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}; load at the start
${machine.loadAtStart} (above 0.5 others were at work at the same time).`;
}

export function tableText({ title, head, rows, notes }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    `### ${title}`,
    "",
    line(head),
    `|${head.map(() => "---|").join("")}`,
    ...rows.map(line),
    "",
    ...notes.map((note) => `${note}\n`),
  ].join("\n");
}

function sectionText({ section, measured: { measurements, missing, tables = [] } }: Result, measuring: Measuring): string {
  const rows = measurements.map(
    ({ name, unit, median, least, most, rounds, goal }: Measurement) =>
      `| ${name} | ${show(median)} ${unit} | ${show(least)} to ${show(most)} | ${rounds} | ${goal === "" ? "–" : goal} |`,
  );
  const table = rows.length === 0 ? [] : ["| figure | median | least to most | rounds | goal |", "|---|---|---|---|---|", ...rows, ""];
  return [
    `## ${section.title}`,
    "",
    section.about,
    "",
    measuringText(measuring),
    "",
    ...tables.map(tableText),
    ...table,
    ...missing.map((line) => `Not measured: ${line}\n`),
  ].join("\n");
}
