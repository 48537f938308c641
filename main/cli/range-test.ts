/** neuroloom range-test: the learning-rate range test without a window. Nothing is kept in the library but the data. */
import { randomUUID } from "node:crypto";
import { EXIT, type Output, ProgressBar } from "./output.ts";
import { completeDesign, loadData, type TrainOptions, withHost } from "./train.ts";
import { withVectors } from "./vectors.ts";

export const RANGE_TEST = { from: 1e-6, to: 1, steps: 100 } as const;

export interface RangeTestOptions extends Omit<TrainOptions, "threads" | "out"> {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** Ctrl+C ends the test and prints what there is. @returns the exit code */
export async function testRange(options: RangeTestOptions, output: Output): Promise<number> {
  const { from, to, steps } = options;
  return withHost(async (host) => {
    const profile = await loadData(host, options, output);
    const design = await withVectors(host, profile, await completeDesign(host, profile, options), options, output);
    const test_id = randomUUID();
    const bar = new ProgressBar();
    const stopListening = host.onEvent((event, payload) => {
      if (event === "range_test.progress" && "test_id" in payload)
        bar.show(payload.points.length / steps, `${payload.points.length} of ${steps} rates`);
    });
    const interrupt = (): void => {
      process.once("SIGINT", () => process.exit(EXIT.interrupted));
      void host.handlers["training.cancel_range_test"]({ test_id });
    };
    process.once("SIGINT", interrupt);
    try {
      const found = await host.handlers["training.range_test"]({ test_id, design, dataset_id: profile.dataset.id, from, to, steps });
      bar.clear();
      for (const point of found.points)
        output.result(
          { event: "rate", ...point },
          `${point.rate.toExponential(3).padStart(11)}  loss ${point.loss.toFixed(6)}  smoothed ${point.smoothed.toFixed(6)}`,
        );
      output.result(
        { event: "done", ended: found.ended, steps: found.points.length, proposed: found.proposed },
        found.proposed === null
          ? `${found.ended}: the loss never fell, no rate is proposed`
          : `${found.ended}: proposed learning rate ${found.proposed.toExponential(2)}`,
      );
      return EXIT.ok;
    } finally {
      stopListening();
      process.removeListener("SIGINT", interrupt);
    }
  });
}
