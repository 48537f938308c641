/** PyTorch beside ours: the Python that has it, and test/bench/engine/torch_steps.py as a process that measures on request. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openPeer, type Peer } from "./peer.ts";

export const NO_TORCH =
  "PyTorch: no Python with torch was found. NEUROLOOM_PYTHON names one, or it is `python3` or `python` on the PATH (to get it: python3 -m venv FOLDER, then FOLDER/bin/pip install torch numpy).";

/** @returns null where none is there @throws Error when NEUROLOOM_PYTHON names one without torch */
export function findTorchPython(): string | null {
  return findPythonWith("torch");
}

/** @returns null where none is there @throws Error when NEUROLOOM_PYTHON names one without the package */
export function findPythonWith(name: string): string | null {
  const named = process.env["NEUROLOOM_PYTHON"];
  const hasIt = (python: string): boolean => spawnSync(python, ["-c", `import ${name}`], { stdio: "ignore" }).status === 0;
  if (named !== undefined && named !== "") {
    if (!hasIt(named)) throw new Error(`NEUROLOOM_PYTHON is ${named}, which cannot import ${name}`);
    return named;
  }
  return ["python3", "python"].find(hasIt) ?? null;
}

export async function openTorch(): Promise<Peer | null> {
  const python = findTorchPython();
  return python === null ? null : openPeer(python, [fileURLToPath(new URL("engine/torch_steps.py", import.meta.url))]);
}
