/**
 * `npm run bench`: measures engine, import, canvas, charts, store, start and the whole hotel job (minutes) and prints medians with their spread. `-- --only engine,store`
 * takes some of them, `--only W1,W7` workloads of the engine alone, `--rounds N` more rounds, `--json FILE` writes the figures, `--write`
 * docs/benchmarks.md with those of its sections that were measured. `--narrow` measures the engine without V8's revectorizer, for a section of its own.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { REPOSITORY } from "../run/command.ts";
import { freshBuild } from "../run/fresh-build.ts";
import { canvasSection } from "./canvas-section.ts";
import { chartsSection } from "./charts-section.ts";
import { workloads } from "./engine/networks.ts";
import { narrow } from "./engine/wide.ts";
import { engineSection, narrowEngineSection } from "./engine-section.ts";
import { gridSection } from "./grid-section.ts";
import { growthSection } from "./growth-section.ts";
import { hotelSection } from "./hotel-section.ts";
import { importSection } from "./import-section.ts";
import { largeCanvasSection } from "./large-canvas-section.ts";
import { lineOf, linesOf, type Section } from "./measurement.ts";
import { picturesSection } from "./pictures-section.ts";
import { propagationSection } from "./propagation-section.ts";
import { type Result, thisMachine, writePage } from "./report.ts";
import { runScreenSection } from "./run-screen-section.ts";
import { runsSection } from "./runs-section.ts";
import { savingSection } from "./saving-section.ts";
import { signalsSection } from "./signals-section.ts";
import { startSection } from "./start-section.ts";
import { storeSection } from "./store-section.ts";
import { turnSection } from "./turn-section.ts";
import { waitingSection } from "./waiting-section.ts";

/** In the order of the page. */
const everySection: readonly Section[] = [
  engineSection,
  narrowEngineSection,
  growthSection,
  importSection,
  waitingSection,
  picturesSection,
  propagationSection,
  signalsSection,
  canvasSection,
  largeCanvasSection,
  chartsSection,
  gridSection,
  storeSection,
  runsSection,
  runScreenSection,
  turnSection,
  savingSection,
  startSection,
  hotelSection,
];
const sections = narrow ? [narrowEngineSection] : everySection.filter((section) => section !== narrowEngineSection);
/** Fewer cannot tell a disturbed round from the others. */
const FEWEST_ROUNDS = 3;

const everything = sections.map(({ name }) => name).join();
const { values } = parseArgs({
  options: {
    only: { type: "string", default: everything },
    rounds: { type: "string", default: "3" },
    json: { type: "string" },
    write: { type: "boolean", default: false },
    // Read by engine/wide.ts: V8's flag holds for what is compiled after it.
    narrow: { type: "boolean", default: false },
  },
});
const asked = values.only.split(",");
const chosenWorkloads = asked.filter((name) => Object.hasOwn(workloads, name));
const names = [...new Set(asked.map((name) => (Object.hasOwn(workloads, name) ? engineSection.name : name)))];
const unknown = names.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0)
  throw new Error(
    `--only ${unknown.join()}: there is no such section or workload; known: ${[...sections.map(({ name }) => name), ...Object.keys(workloads)].join()}`,
  );
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS)
  throw new Error(`--rounds must be ${FEWEST_ROUNDS} or more, received ${values.rounds}`);

// The threads and the page that are measured are those of the build.
await freshBuild();
const machine = thisMachine();
const date = new Date().toISOString().slice(0, 10);
const only = values.only === everything ? "" : ` --only ${values.only}`;
const command = `npm run bench -- --rounds ${rounds}${only}${narrow ? " --narrow" : ""} --write`;
const results: Result[] = [];
for (const section of sections.filter(({ name }) => names.includes(name))) {
  const measured = await section.measure({
    rounds,
    say: (line) => void process.stderr.write(`${line}\n`),
    ...(chosenWorkloads.length === 0 ? {} : { workloads: chosenWorkloads }),
  });
  results.push({ section, measured });
  console.log(`\n${section.title}`);
  for (const table of measured.tables ?? []) console.log(`${linesOf(table).join("\n")}\n`);
  for (const measurement of measured.measurements) console.log(`  ${lineOf(measurement)}`);
  for (const line of measured.missing) console.log(`  not measured: ${line}`);
  // Section by section: an hour of measuring is not lost to what fails in its last minute.
  if (values.write) keep({ section, measured });
}
if (values.json !== undefined) {
  const figures = results.map(({ section, measured: { measurements, missing } }) => ({ section: section.name, measurements, missing }));
  const ofWorkloads = Object.assign({}, ...results.map(({ measured }) => measured.workloads ?? {})) as object;
  writeFileSync(values.json, `${JSON.stringify({ date, machine, workloads: ofWorkloads, figures }, null, 2)}\n`);
}

function keep(result: Result): void {
  for (const [path, text] of Object.entries(result.measured.files ?? {})) writeFileSync(join(REPOSITORY, path), text);
  writePage(join(REPOSITORY, "docs/benchmarks.md"), everySection, [result], { machine, date, command });
}
