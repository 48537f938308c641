/** PyTorch beside ours: test/bench/engine/torch_steps.py as a process that measures on request. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const NO_TORCH =
  "PyTorch beside it: NEUROLOOM_PYTHON is not set. It names a Python with torch (python3 -m venv FOLDER, then FOLDER/bin/pip install torch).";

export interface Torch extends Disposable {
  readonly version: string;
  /** Median milliseconds a step of a network of networks.ts. */
  stepMs(network: string, seconds: number): Promise<number>;
}

/** @returns null when no Python with PyTorch was named */
export async function openTorch(threads: number): Promise<Torch | null> {
  const python = process.env["NEUROLOOM_PYTHON"];
  if (python === undefined || python === "") return null;
  const script = fileURLToPath(new URL("engine/torch_steps.py", import.meta.url));
  const program = spawn(python, [script, String(threads)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("PyTorch's process ended early");
    return value;
  };
  const version = await answer();
  return {
    version,
    stepMs: (network, seconds) => {
      program.stdin.write(`${network} ${seconds}\n`);
      return answer().then(Number);
    },
    [Symbol.dispose]: () => program.stdin.end(),
  };
}
