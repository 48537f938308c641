/** trainer.py as one long-lived process: jobs go in as a line and a file of numbers, losses and gradients come back. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sizeOf } from "../../core/ir/tensor.ts";
import type { ParityRun } from "./run.ts";
import { sayNetwork } from "./translation.ts";

export interface PythonAnswer {
  /** Of each step, before its update. */
  readonly float64: readonly number[];
  readonly float32: readonly number[];
  /** Of the first step, by full name of the trained parameter, computed in float64; empty unless asked for. */
  readonly gradients: ReadonlyMap<string, Float64Array>;
}

export interface PythonTrainer extends Disposable {
  readonly library: string;
  /** @throws NotSaid, or Error with what PyTorch said */
  train(run: ParityRun, withGradients: boolean): Promise<PythonAnswer>;
}

export async function openPythonTrainer(python: string): Promise<PythonTrainer> {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-parity-"));
  const start = () => {
    const program = spawn(python, [fileURLToPath(new URL("trainer.py", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
    return { program, lines: createInterface({ input: program.stdout })[Symbol.asyncIterator]() };
  };
  let { program, lines } = start();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done !== true) return JSON.parse(value);
    // A design may bring it down: the next one gets a new process.
    ({ program, lines } = start());
    await lines.next();
    throw new Error("PyTorch's process crashed");
  };
  const { library } = (await answer()) as { library: string };
  return {
    library,
    train: async (run, withGradients) => {
      const numbers = join(folder, "numbers");
      const gradients = withGradients ? join(folder, "gradients") : null;
      const { job, values, trained } = jobOf(run);
      writeFileSync(numbers, values);
      program.stdin.write(`${JSON.stringify({ job, numbers, gradients, precisions: ["float64", "float32"] })}\n`);
      const said = (await answer()) as { error: string } | { float64: (number | null)[]; float32: (number | null)[] };
      if ("error" in said) throw new Error(said.error);
      const numbersOf = (losses: readonly (number | null)[]): number[] => losses.map((loss) => loss ?? Number.NaN);
      return {
        float64: numbersOf(said.float64),
        float32: numbersOf(said.float32),
        gradients: gradients === null ? new Map() : gradientsOf(gradients, trained),
      };
    },
    [Symbol.dispose]: () => {
      program.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The network in words, with every number in one block. */
function jobOf(run: ParityRun): { job: object; values: Float32Array; trained: { name: string; size: number }[] } {
  const { spec, training, data, initial, batch, steps } = run;
  const said = sayNetwork(spec, training);
  const blocks: Float32Array[] = [];
  let offset = 0;
  const put = (values: Float32Array, shape: readonly number[]): { offset: number; shape: readonly number[] } => {
    const at = { offset, shape };
    blocks.push(values);
    offset += values.length;
    return at;
  };
  const rows = (part: { values: Float32Array; shape: readonly number[] } | undefined, id: string) => {
    if (part === undefined) throw new Error(`no rows for ${id}`);
    return put(part.values, [data.rowCount, ...part.shape]);
  };
  const weightOf = (name: string): Float32Array => {
    const values = initial.get(name);
    if (values === undefined) throw new Error(`no initial values of ${name}`);
    return values;
  };
  const job = {
    ...said,
    inputs: Object.fromEntries(Object.entries(said.inputs).map(([id, variable]) => [variable, rows(data.inputs[id], id)])),
    outputs: said.outputs.map((output) => ({ ...output, target: rows(data.targets[output.id], output.id) })),
    layers: said.layers.map((layer) => ({
      ...layer,
      weights: layer.weights.map((weight) => ({ ...weight, at: put(weightOf(weight.full_name), weight.shape) })),
    })),
    batch,
    rows: data.rowCount,
    steps,
  };
  const values = new Float32Array(offset);
  let place = 0;
  for (const block of blocks) {
    values.set(block, place);
    place += block.length;
  }
  const trained = said.layers
    .flatMap(({ weights }) => weights)
    .filter(({ role, trainable }) => role === "parameter" && trainable)
    .map(({ full_name: name, shape }) => ({ name, size: sizeOf(shape) }));
  return { job, values, trained };
}

function gradientsOf(path: string, trained: readonly { name: string; size: number }[]): Map<string, Float64Array> {
  const bytes = readFileSync(path);
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const found = new Map<string, Float64Array>();
  let offset = 0;
  for (const { name, size } of trained) {
    found.set(name, all.subarray(offset, offset + size));
    offset += size;
  }
  return found;
}
