/** docs/parity.md: what was compared with PyTorch, how far apart it was, and what was not. */
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { type Comparison, TOLERANCE, type Verdict } from "./compare.ts";
import type { ParityDesign } from "./design.ts";
import { keptDesigns } from "./kept-designs.ts";
import { nameOfWorkload, SMOOTH } from "./workload-runs.ts";
import type { WorkloadComparison } from "./workloads.ts";

export interface DesignOutcome {
  readonly design: ParityDesign;
  readonly comparison: Comparison;
}

interface Found {
  readonly library: string;
  readonly count: number;
  readonly seed: number;
  readonly outcomes: readonly DesignOutcome[];
  readonly workloads: readonly WorkloadComparison[];
}

const e = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? "–" : value === 0 ? "0" : value.toExponential(1);
const ENGINES = ["reference float64", "wasm reproducible", "wasm fast"];

export function parityPage({ library, count, seed, outcomes, workloads }: Found): string {
  const of = (verdict: Verdict): readonly DesignOutcome[] => outcomes.filter(({ comparison }) => comparison.verdict === verdict);
  const compared = [...of("equal"), ...of("drift"), ...of("different")];
  const percentile = (name: string, share: number): number => {
    const sorted = compared.flatMap(({ comparison }) => comparison.differences[name] ?? []).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  };
  const reasons = new Map<string, number>();
  for (const { comparison } of [...of("not said"), ...of("refused"), ...of("not finite")])
    reasons.set(comparison.reason, (reasons.get(comparison.reason) ?? 0) + 1);
  return `# Parity with PyTorch

Written by \`npm run parity -- --count ${count} --seed ${seed} --write\` (${library}, on the processor); do not edit. Both sides start from the same
weights and take the same batches; noise (dropout) is off. Differences are those of losses from PyTorch's in float64.

## The workloads, 20 steps

Asked: the first two losses and all gradients of the first step within 1e-5, 20 losses within 1e-4 on the smooth ones (${[...SMOOTH].join(", ")}) and, in
reproducible arithmetic, on all. Gradients: max|a − b| / max(1e-3, max|b|) of the worst parameter. PyTorch's drift is its own float32 from its float64.

| | engine | first two losses | gradients | 20 losses | PyTorch's drift | |
|---|---|---|---|---|---|---|
${workloads.flatMap(workloadRows).join("\n")}

"reference float64" is our engine in double precision: that it agrees to the last digits says that the formulas are the same, and that what
float32 adds is rounding. W2, W5 and W6 are without dropout. Golden values: test/golden/engine/workloads.json (losses, and of each gradient samples,
length and two random projections), made by \`npm run parity -- --count 0 --golden\`; the test needs no Python.

## Random designs

${count} designs from seed ${seed}: acyclic, over all ${computing().length} layers that compute, each in turn the layer that a design is built around (options and
inputs of one of its examples, or options drawn from its schema), with other layers, several inputs, branches, shared weights, one or two losses out of
all, any optimizer that takes batches and way of clipping; 5 steps each.

| | designs |
|---|---|
| every engine within ${e(TOLERANCE)} of PyTorch, float64 within 1e-6 | ${of("equal").length} |
| float64 within 1e-6, float32 further than ${e(TOLERANCE)} (rounding made large) | ${of("drift").length} |
| different | ${of("different").length} |
| PyTorch's losses not finite | ${of("not finite").length} |
| PyTorch cannot be told (no mapping) | ${of("not said").length} |
| refused by our shape rules | ${of("refused").length} |

| difference | median | 9 of 10 | most |
|---|---|---|---|
${[...ENGINES, "PyTorch float32"].map((name) => `| ${name} | ${e(percentile(name, 0.5))} | ${e(percentile(name, 0.9))} | ${e(percentile(name, 1))} |`).join("\n")}

${driftText(of("drift"))}${[...reasons].map(([reason, times]) => `- ${times} not compared: ${reason}\n`).join("")}
Layers by the number of compared designs they were in: ${coverage(compared)}.

Designs that ever failed are kept, made small, in test/golden/engine/designs (${keptDesigns().length}), each a test that needs no Python.
`;
}

const computing = (): string[] => layerTypes.filter((type) => layerDefinition(type)?.traits.role === undefined);

function coverage(compared: readonly DesignOutcome[]): string {
  const times = new Map(computing().map((type) => [type, 0]));
  for (const { design } of compared)
    for (const type of new Set(design.graph.nodes.map((node) => node.type)))
      if (times.has(type)) times.set(type, (times.get(type) ?? 0) + 1);
  return [...times]
    .sort((a, b) => a[1] - b[1])
    .map(([type, number]) => `${type} ${number}`)
    .join(", ");
}

function driftText(drifted: readonly DesignOutcome[]): string {
  if (drifted.length === 0) return "";
  const rows = drifted.map(({ design, comparison: { differences } }) => {
    const types = [...new Set(design.graph.nodes.map(({ type }) => type))].join(", ");
    return `| ${design.name} | ${e(differences["wasm reproducible"])} | ${e(differences["wasm fast"])} | ${e(differences["PyTorch float32"])} | ${types} |`;
  });
  return `| drifted | wasm reproducible | wasm fast | PyTorch float32 | layers |\n|---|---|---|---|---|\n${rows.join("\n")}\n\n`;
}

function workloadRows({ golden: { name }, engines, theirDrift }: WorkloadComparison): string[] {
  return Object.entries(engines).map(([engine, { firstTwo, gradients, twenty }]) => {
    const asked = engine !== "wasm fast" || SMOOTH.has(name);
    const met = firstTwo <= 1e-5 && gradients <= 1e-5 && (!asked || twenty <= 1e-4);
    return `| ${nameOfWorkload(name)} | ${engine} | ${e(firstTwo)} | ${e(gradients)} | ${e(twenty)} | ${e(theirDrift)} | ${met ? "met" : "NOT met"} |`;
  });
}
