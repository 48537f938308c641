/**
 * Writes the golden values of the engine: `npm run golden -- /path/to/python`, or the path in NEUROLOOM_PYTHON. That Python
 * needs torch and scikit-learn; nothing else of the program ever does. The values are committed; tests only read them.
 * Further arguments choose files by a part of their path: `npm run golden -- python losses layers/dense/`.
 */
import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { createReferenceBackend } from "../../../core/kernels/reference/backend.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { Network } from "../../../core/train/network.ts";
import { activationJobs } from "./activations.ts";
import { constraintJobs } from "./constraints.ts";
import { SEED } from "./drawing.ts";
import { enginePath, type GoldenFile, layerGoldenPath, type Values, writeGolden } from "./golden-file.ts";
import { describeExamples, type ExampleJob, exampleJob, type LayerCase, layersWithMaths } from "./layers.ts";
import { lossJobs } from "./losses.ts";
import { metricsJobs } from "./metrics.ts";
import { describeNetwork, type NetworkCase, networkJob, specOf, trainingOf } from "./network-job.ts";
import { type NetworkScenario, optimizerScenarios, wholeNetworks } from "./networks.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));
const SCRIPT = fileURLToPath(new URL("generate.py", import.meta.url));

/** One file to write: what is asked, what it is asked about, and the case that each answer becomes. */
interface Task {
  readonly path: string;
  readonly description: unknown;
  readonly jobs: readonly object[];
  readonly caseOf: (index: number, result: unknown) => unknown;
}

const plainTask = (name: string, jobs: readonly object[]): Task => ({
  path: enginePath(name),
  description: jobs,
  jobs,
  caseOf: (i, result) => ({ ...jobs[i], result }),
});

function layerTasks(): Task[] {
  return layersWithMaths.map((definition) => {
    const description = describeExamples(definition);
    const jobs = description.map((example) => exampleJob(definition.type, example));
    return {
      path: layerGoldenPath(definition.type),
      description,
      jobs,
      caseOf: (i, result) => layerCase(jobs[i], result as LayerCase["result"]),
    };
  });
}

function layerCase(job: ExampleJob | undefined, result: LayerCase["result"]): LayerCase {
  if (job === undefined) throw new Error("the script answered more than it was asked");
  const { name, config, inputs, outputs, input_values, weight_values, output_weights, portNames, mask_values } = job;
  const arrivals = { ...(portNames === undefined ? {} : { portNames }), ...(mask_values === undefined ? {} : { mask_values }) };
  return { name, config, inputs, outputs, ...arrivals, input_values, weight_values, output_weights, result };
}

function networkTask(name: string, scenarios: readonly NetworkScenario[]): Task {
  const drawn = scenarios.map((scenario) => ({ scenario, data: scenario.draw(), initial: initialOf(scenario) }));
  return {
    path: enginePath(name),
    description: scenarios.map(describeNetwork),
    jobs: drawn.map(({ scenario, data, initial }) => networkJob(scenario, data, initial)),
    caseOf: (i, result) => {
      const one = drawn[i];
      if (one === undefined) throw new Error("the script answered more than it was asked");
      return { name: one.scenario.name, ...one.data, initial: one.initial, result: result as NetworkCase["result"] } satisfies NetworkCase;
    },
  };
}

/** Weights as our initializers draw them, in float32. */
function initialOf(scenario: NetworkScenario): Record<string, Values> {
  const network = new Network({
    spec: specOf(scenario),
    training: trainingOf(scenario),
    encodings: scenario.encodings,
    backend: createReferenceBackend("float32"),
    trainingRows: scenario.rows,
  });
  network.initialise(SEED);
  const values =
    (role: "parameter" | "state") =>
    ({ fullName, shape }: { fullName: string; shape: readonly number[] }): [string, Values] => [
      fullName,
      { shape, values: [...network.view(role, fullName)] },
    ];
  return Object.fromEntries([...network.parameters.map(values("parameter")), ...network.states.map(values("state"))]);
}

function runPython(python: string, jobs: readonly object[]): { library: string; results: unknown[] } {
  const { status, stdout, stderr, error } = spawnSync(python, [SCRIPT], {
    input: JSON.stringify({ jobs }),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the script ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as { library: string; results: unknown[] };
}

function main(): void {
  const python = process.argv[2] ?? process.env["NEUROLOOM_PYTHON"];
  if (python === undefined) {
    process.stderr.write("Usage: npm run golden -- PYTHON (or NEUROLOOM_PYTHON): a Python with torch and scikit-learn\n");
    process.exitCode = 2;
    return;
  }
  const chosen = process.argv.slice(3);
  const tasks = [
    ...layerTasks(),
    plainTask("activations", activationJobs()),
    plainTask("constraints", constraintJobs()),
    plainTask("losses", lossJobs()),
    networkTask("optimizers", optimizerScenarios),
    networkTask("networks", wholeNetworks),
    plainTask("metrics", metricsJobs()),
  ].filter(({ path }) => chosen.length === 0 || chosen.some((part) => relative(REPOSITORY, path).includes(part)));
  const { library, results } = runPython(
    python,
    tasks.flatMap((task) => task.jobs),
  );
  let next = 0;
  for (const task of tasks) {
    const cases = task.jobs.map((_, i) => task.caseOf(i, results[next++]));
    const origin = { library, script: relative(REPOSITORY, SCRIPT), seed: SEED };
    writeGolden(task.path, { origin, description_hash: hashOf(task.description), cases } satisfies GoldenFile<unknown>);
    process.stdout.write(`${relative(REPOSITORY, task.path)}: ${cases.length} cases\n`);
  }
}

main();
