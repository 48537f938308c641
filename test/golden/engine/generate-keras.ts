/** Writes keras-options.json: `node test/golden/engine/generate-keras.ts PYTHON`, a Python with keras and torch. Tests only read it. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createReferenceBackend } from "../../../core/kernels/reference/backend.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { enginePath, writeGolden } from "./golden-file.ts";
import { inputs, type KerasCase, kerasScenarios, networkOf, STEPS, targets, weightsOf } from "./keras-options.ts";

const SCRIPT = fileURLToPath(new URL("generate_keras.py", import.meta.url));
const [python = ""] = process.argv.slice(2);
const jobs = kerasScenarios.map((scenario) => ({
  ...scenario,
  inputs,
  targets,
  initial: weightsOf(networkOf(scenario, createReferenceBackend("float64"))),
}));
const { status, stdout, stderr } = spawnSync(python, [SCRIPT], {
  input: JSON.stringify({ jobs: jobs.map((job) => ({ ...job, steps: STEPS })) }),
  encoding: "utf8",
});
if (status !== 0) throw new Error(`the script ended with ${status}:\n${stderr}`);
const { library, results } = JSON.parse(stdout.slice(stdout.indexOf('{"library"'))) as { library: string; results: KerasCase["result"][] };
const cases = jobs.map((job, i) => ({ ...job, result: results[i] }));
writeGolden(enginePath("keras-options"), {
  origin: { library, script: "test/golden/engine/generate_keras.py", seed: 3 },
  description_hash: hashOf(kerasScenarios),
  cases,
});
