/** The workloads on both sides, and their golden values. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { distance } from "../engine/distance.ts";
import { engines } from "./compare.ts";
import type { PythonTrainer } from "./python.ts";
import { trainHere } from "./run.ts";
import { fingerprint, numbersOf, parityWorkloads, type WorkloadGolden, workloadRun } from "./workload-runs.ts";

export const WORKLOAD_GOLDEN = fileURLToPath(new URL("../golden/engine/workloads.json", import.meta.url));

/** The reference engine takes minutes for the others. */
const SMALL_ENOUGH_FOR_REFERENCE = new Set(["W1", "W2d0", "W4", "W7"]);

export interface WorkloadComparison {
  readonly golden: WorkloadGolden;
  readonly engines: Readonly<Record<string, { readonly firstTwo: number; readonly twenty: number; readonly gradients: number }>>;
  /** PyTorch's own float32 against its float64. */
  readonly theirDrift: number;
}

const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...b.map((value, i) => Math.abs((a[i] ?? Number.NaN) - value)));

export async function compareWorkloads(trainer: PythonTrainer, say: (line: string) => void): Promise<WorkloadComparison[]> {
  const found: WorkloadComparison[] = [];
  for (const name of parityWorkloads()) {
    const run = workloadRun(name);
    const theirs = await trainer.train(run, true);
    const chosen = Object.entries(engines).filter(([engine]) => !(engine.startsWith("reference") && !SMALL_ENOUGH_FOR_REFERENCE.has(name)));
    const ours = chosen.map(([engine, backend]) => {
      const { losses, gradients } = trainHere(run, backend, true);
      const worst = Math.max(...[...theirs.gradients].map(([parameter, expected]) => distance(gradients.get(parameter) ?? [], expected)));
      const figures = {
        firstTwo: apart(losses.slice(0, 2), theirs.float64.slice(0, 2)),
        twenty: apart(losses, theirs.float64),
        gradients: worst,
      };
      say(
        `${name} ${engine}: first two ${figures.firstTwo.toExponential(1)}, 20 ${figures.twenty.toExponential(1)}, gradients ${worst.toExponential(1)}`,
      );
      return [engine, figures] as const;
    });
    const golden: WorkloadGolden = {
      name,
      numbers: numbersOf(run),
      float64: theirs.float64,
      float32: theirs.float32,
      gradients: Object.fromEntries([...theirs.gradients].map(([parameter, values]) => [parameter, fingerprint(values)])),
    };
    found.push({ golden, engines: Object.fromEntries(ours), theirDrift: apart(theirs.float32, theirs.float64) });
  }
  return found;
}

export interface WorkloadFile {
  readonly library: string;
  readonly script: string;
  readonly workloads: readonly WorkloadGolden[];
}

export function writeWorkloadGolden(library: string, found: readonly WorkloadComparison[]): void {
  const file: WorkloadFile = { library, script: "npm run parity -- --count 0 --golden", workloads: found.map(({ golden }) => golden) };
  const short = (_: string, value: unknown): unknown => (typeof value === "number" ? Number(value.toPrecision(10)) : value);
  // One line a list of numbers.
  const lists: string[] = [];
  const text = JSON.stringify(
    JSON.parse(JSON.stringify(file, short)),
    (_, value: unknown) =>
      Array.isArray(value) && value.every((item) => typeof item === "number") ? `@${lists.push(JSON.stringify(value)) - 1}@` : value,
    1,
  );
  writeFileSync(WORKLOAD_GOLDEN, `${text.replace(/"@(\d+)@"/g, (_, index: string) => lists[Number(index)] ?? "")}\n`);
}
