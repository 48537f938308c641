/** The figures as a page for docs/benchmarks.md and as JSON. Names the machine by its processor and cores, never by name or path. */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { Measured, Measurement, Section } from "./measurement.ts";

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

export function page(results: readonly Result[], machine: Machine, date: string, command: string): string {
  const head = `# Benchmarks

Written by \`${command}\` on ${date}; do not edit. Medians of the rounds with the least and the most: the machine is shared, so a
difference under a quarter is none.

Machine: ${machine.processor}, ${machine.cores} cores for the program, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}; load at the start
${machine.loadAtStart} (above 0.5 others were at work at the same time).
`;
  return [head, ...results.map(sectionText)].join("\n");
}

function sectionText({ section, measured: { measurements, missing } }: Result): string {
  const rows = measurements.map(
    ({ name, unit, median, least, most, rounds, goal }: Measurement) =>
      `| ${name} | ${show(median)} ${unit} | ${show(least)} to ${show(most)} | ${rounds} | ${goal === "" ? "–" : goal} |`,
  );
  const table = rows.length === 0 ? [] : ["| figure | median | least to most | rounds | goal |", "|---|---|---|---|---|", ...rows, ""];
  return [`## ${section.title}`, "", section.about, "", ...table, ...missing.map((line) => `Not measured: ${line}\n`)].join("\n");
}
