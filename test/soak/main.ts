/**
 * `npm run soak`: the heavy trials, whole; some minutes and some gigabytes of the folder for temporary files. `-- --only store-kill`
 * takes some of them, `--share 0.1` a part of each, `--write` docs/soak.md with those that ran whole. The status is 1 where a goal is not met.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { thisMachine } from "../bench/report.ts";
import { REPOSITORY } from "../run/command.ts";
import { freshBuild } from "../run/fresh-build.ts";
import { type Outcome, writeReport } from "./report.ts";
import { soaks } from "./soaks.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: soaks.map(({ name }) => name).join() },
    share: { type: "string", default: "1" },
    write: { type: "boolean", default: false },
  },
});
const asked = values.only.split(",");
const unknown = asked.filter((name) => !soaks.some((soak) => soak.name === name));
if (unknown.length > 0) throw new Error(`--only ${unknown.join()}: known are ${soaks.map(({ name }) => name).join()}`);
const share = Number(values.share);
if (!(share > 0 && share <= 1)) throw new Error(`--share must be above 0 and at most 1, received ${values.share}`);
if (values.write && share < 1) throw new Error("--write: only whole soaks are reported");

// Hundreds of processes are started: each would read and compile the same sources anew.
const compiled = mkdtempSync(join(tmpdir(), "neuroloom-compiled-"));
process.env["NODE_COMPILE_CACHE"] = compiled;
process.once("exit", () => rmSync(compiled, { recursive: true, force: true }));

await freshBuild();
let met = true;
for (const soak of soaks.filter(({ name }) => asked.includes(name))) {
  const machine = thisMachine();
  const start = performance.now();
  const figures = await soak.run({ share, say: (line) => void process.stderr.write(`${soak.name}: ${line}\n`) });
  const outcome: Outcome = {
    soak,
    figures,
    machine,
    seconds: (performance.now() - start) / 1000,
    date: new Date().toISOString().slice(0, 10),
  };
  console.log(`\n${soak.title}, ${outcome.seconds.toFixed(0)} s`);
  for (const { what, value, goal, met: isMet } of figures)
    console.log(`  ${what}: ${value}${goal === "" ? "" : ` (goal: ${goal}, ${isMet ? "met" : "NOT met"})`}`);
  met &&= figures.every((figure) => figure.met);
  // Each is written when it is done: a later one may end badly.
  if (values.write) writeReport(join(REPOSITORY, "docs/soak.md"), soaks, [outcome]);
}
if (!met) process.exitCode = 1;
