/** Steps of a workload as a program outside the app takes them: by `openTraining` of core/index.ts, with its reports and figures. */
import { makeModelSpec, openTraining } from "../../../core/index.ts";
import type { KernelBackend } from "../../../core/kernels/backend.ts";
import { workloadNamed } from "./networks.ts";
import { rowsOf } from "./rows.ts";

/** A look at the clock costs more than the smallest of these steps. */
const STEPS_A_LOOK = 200;
const WARM_STEPS = 2000;

/** Milliseconds a step over a training of `seconds`, ends of epochs included. */
export function trainedSteps(name: string, backend: KernelBackend, seconds: number): number {
  const workload = workloadNamed(name);
  const { inputs, targets } = rowsOf(workload);
  const spec = makeModelSpec(workload.graph, { inputs: { x: workload.inputShape }, outputs: {} });
  const { loop } = openTraining({
    spec,
    inputs: { x: inputs["x"]?.values ?? [] },
    targets: { y: targets["y"]?.values ?? [] },
    training: { ...workload.train, batch_size: workload.batch, epochs: 1_000_000 },
    backend,
  });
  const take = (count: number): void => {
    for (let steps = 0; steps < count; ) {
      const { value } = loop.next();
      if (value === undefined) throw new Error("the training ended");
      if (value.kind === "step") steps += 1;
    }
  };
  take(WARM_STEPS);
  let steps = 0;
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) {
    take(STEPS_A_LOOK);
    steps += STEPS_A_LOOK;
  }
  return (performance.now() - start) / steps;
}
