import { makeStepper, workloadNames } from "./engine/networks.ts";
import { openOurs } from "./engine/workload-times.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
const url = feederUrlBeside(new URL("../../main/engine/trainer.worker.ts", import.meta.url));
const median = (a: number[]) => a.toSorted((x, y) => x - y)[a.length >> 1] as number;
const run = (step: () => unknown, ms: number) => {
  const begun = performance.now();
  const all: number[] = [];
  while (performance.now() - begun < ms) { const s = performance.now(); step(); all.push(performance.now() - s); }
  return { mean: (performance.now() - begun) / all.length, median: median(all) };
};
for (const name of (process.argv[2] ?? "W1,W3").split(",")) {
  const feeders = new Feeders(url, { cores: 3, numbersAlone: 1 });
  const alone = makeStepper(name as never, openOurs(2));
  const fed = makeStepper(name as never, openOurs(2), (part, training) => feeders.feedPart(part, training, 2));
  for (const s of [alone.step, fed.step]) run(s, 400);
  const ratios: number[] = [], medians: number[] = [];
  for (let round = 0; round < 9; round++) {
    const a = run(alone.step, 500), f = run(fed.step, 500);
    ratios.push(f.mean / a.mean); medians.push(f.median / a.median);
  }
  console.log(name, "fed/alone mean", median(ratios).toFixed(3), "median", median(medians).toFixed(3), ratios.map((r) => r.toFixed(2)).join(" "));
  feeders.close();
}
process.exit(0);
