/**
 * `npm run bench`: measures engine, import, canvas, store, start and the whole hotel job (minutes) and prints medians with their spread. `-- --only engine,store`
 * takes some of them, `--rounds N` more rounds, `--json FILE` writes the figures, `--write` docs/benchmarks.md.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { REPOSITORY } from "../run/command.ts";
import { canvasSection } from "./canvas-section.ts";
import { engineSection } from "./engine-section.ts";
import { hotelSection } from "./hotel-section.ts";
import { importSection } from "./import-section.ts";
import { lineOf, type Section } from "./measurement.ts";
import { page, type Result, thisMachine } from "./report.ts";
import { startSection } from "./start-section.ts";
import { storeSection } from "./store-section.ts";

const sections: readonly Section[] = [engineSection, importSection, canvasSection, storeSection, startSection, hotelSection];
/** Fewer cannot tell a disturbed round from the others. */
const FEWEST_ROUNDS = 3;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: sections.map(({ name }) => name).join() },
    rounds: { type: "string", default: "3" },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const names = values.only.split(",");
const unknown = names.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0)
  throw new Error(`--only ${unknown.join()}: there is no such section; known: ${sections.map(({ name }) => name).join()}`);
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS)
  throw new Error(`--rounds must be ${FEWEST_ROUNDS} or more, received ${values.rounds}`);

const machine = thisMachine();
const results: Result[] = [];
for (const section of sections.filter(({ name }) => names.includes(name))) {
  const measured = await section.measure({ rounds, say: (line) => void process.stderr.write(`${line}\n`) });
  results.push({ section, measured });
  console.log(`\n${section.title}`);
  for (const measurement of measured.measurements) console.log(`  ${lineOf(measurement)}`);
  for (const line of measured.missing) console.log(`  not measured: ${line}`);
}
const date = new Date().toISOString().slice(0, 10);
if (values.json !== undefined) {
  const figures = results.map(({ section, measured }) => ({ section: section.name, ...measured }));
  writeFileSync(values.json, `${JSON.stringify({ date, machine, figures }, null, 2)}\n`);
}
if (values.write)
  writeFileSync(join(REPOSITORY, "docs/benchmarks.md"), page(results, machine, date, `npm run bench -- --rounds ${rounds} --write`));
