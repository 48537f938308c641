/**
 * `npm run parity [-- --count 500 --seed 1]`: random designs over all layers, trained 5 steps here and in PyTorch from the same weights, and
 * the workloads over 20 steps. What fails is made small, printed, and kept in test/golden/engine/designs. `--write` writes docs/parity.md,
 * `--golden` the golden values of the workloads.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findTorchPython, NO_TORCH } from "../bench/torch.ts";
import { compare } from "./compare.ts";
import type { ParityDesign } from "./design.ts";
import { drawDesign } from "./draw.ts";
import { keepDesign } from "./kept-designs.ts";
import { openPythonTrainer, type PythonTrainer } from "./python.ts";
import { type DesignOutcome, parityPage } from "./report.ts";
import { shrink } from "./shrink.ts";
import { compareWorkloads, writeWorkloadGolden } from "./workloads.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    write: { type: "boolean", default: false },
    golden: { type: "boolean", default: false },
    "no-workloads": { type: "boolean", default: false },
  },
});
const [count, seed, from] = [Number(values.count), Number(values.seed), Number(values.from)];
if (![count, seed, from].every((value) => Number.isInteger(value) && value >= 0))
  throw new Error("--count, --seed and --from are whole numbers from 0");

const python = findTorchPython();
if (python === null) throw new Error(NO_TORCH);
using trainer = await openPythonTrainer(python);
console.log(`${trainer.library}, ${count} designs from seed ${seed}`);
const outcomes = await designs(trainer);
const workloads = values["no-workloads"] ? [] : await compareWorkloads(trainer, (line) => console.log(line));
if (values.golden) writeWorkloadGolden(trainer.library, workloads);
const page = parityPage({ library: trainer.library, count, seed, outcomes, workloads });
if (values.write) writeFileSync(join(REPOSITORY, "docs/parity.md"), page);
const different = outcomes.filter(({ comparison }) => comparison.verdict === "different");
const tally = new Map<string, number>();
for (const { comparison } of outcomes) tally.set(comparison.verdict, (tally.get(comparison.verdict) ?? 0) + 1);
console.log([...tally].map(([verdict, times]) => `${times} ${verdict}`).join(", "));
if (different.length > 0) process.exitCode = 1;

async function designs(from_: PythonTrainer): Promise<DesignOutcome[]> {
  const found: DesignOutcome[] = [];
  for (let index = from; index < from + count; index++) {
    const design = drawDesign(seed, index);
    const comparison = await compare(design, from_);
    found.push({ design, comparison });
    if (comparison.verdict === "different") await tell(design, comparison.reason, from_);
    if ((index + 1) % 100 === 0) console.log(`${index + 1 - from} designs`);
  }
  return found;
}

async function tell(design: ParityDesign, reason: string, python_: PythonTrainer): Promise<void> {
  console.log(`\ndesign ${design.name}: ${reason}`);
  const kind = (text: string): string => text.replace(/[\d.e+-]+/g, "#");
  const small = await shrink(design, async (smaller) => {
    const { verdict, reason: its } = await compare(smaller, python_);
    return verdict === "different" && kind(its) === kind(reason);
  });
  const again = await compare(small, python_);
  const lines = small.graph.nodes.map(({ id, type, config, shared_with }) => {
    const arriving = small.graph.edges
      .filter(({ target }) => target === id)
      .map(({ source, source_port, target_port }) => `${source}.${source_port}→${target_port}`);
    return `  ${id} ${type} ${JSON.stringify(config)} ${arriving.join(" ")}${shared_with === null ? "" : ` shared with ${shared_with}`}`;
  });
  console.log(
    [
      ...lines,
      `  ${JSON.stringify(small.inputs)} ${JSON.stringify(small.train)} batch ${small.batch}, ${small.steps} steps`,
      `  ${again.reason} ${JSON.stringify(again.differences)}`,
    ].join("\n"),
  );
  keepDesign(small, again, python_.library);
}
