/**
 * A process that trains a run in the home it is given, or goes on with the one that is there: it keeps a checkpoint once, after
 * exactly the step asked for, then trains to the end.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";
import { hasEnded, openTemplate, runUntil } from "../host/fixture.ts";
import { type ChildLine, STEPS_AN_EPOCH, STEPS_PER_SECOND } from "./kill-and-resume.ts";

const [home = "", epochs = "", untilStep = ""] = process.argv.slice(2);
const until = Number(untilStep);
const say = (line: ChildLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
const { runs } = await host.handlers["runs.list"]({ project_id: null });
const rests = until > 0;
let [run] = runs;
if (run === undefined) {
  const opened = await openTemplate(host, "digits", { epochs: Number(epochs), early_stopping: { enabled: false } });
  const { projectId: project_id, datasetId: dataset_id, design } = opened;
  run = (await host.handlers["runs.start"]({ project_id, dataset_id, design, by_steps: rests })).run;
} else {
  await host.handlers["runs.resume"]({ id: run.id });
  await runUntil(host, run.id, (now) => now.status !== "queued" && now.status !== "interrupted");
  if (rests) await host.handlers["runs.step"]({ id: run.id, unit: "batch" });
}
const { id } = run;
if (rests) {
  // Whole epochs as far as they go, then step by step: however busy the machine is, it goes no further.
  let resting = await runUntil(host, id, (now) => now.status === "paused" || hasEnded(now));
  while (!hasEnded(resting) && resting.step < until) {
    const { step } = resting;
    await host.handlers["runs.step"]({ id, unit: until - step >= STEPS_AN_EPOCH ? "epoch" : "batch" });
    resting = await runUntil(host, id, (now) => (now.status === "paused" && now.step > step) || hasEnded(now));
  }
  if (!hasEnded(resting)) {
    // Each rest keeps a checkpoint, as closing the window does.
    await host.handlers["runs.resume"]({ id });
    await host.handlers["runs.pace"]({ id, steps_per_second: STEPS_PER_SECOND });
    say({ kind: "kept", epoch: resting.epoch, step: resting.step, weights: null });
  }
}
const ended = await runUntil(host, id, hasEnded);
if (ended.status !== "done") throw new Error(`the run ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
const { download } = await host.handlers["exports.model"]({ run_id: id, format: "json", plain_arrays: false });
const { weights } = JSON.parse(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")) as { weights: unknown };
say({ kind: "ended", epoch: ended.epoch, step: ended.step, weights: createHash("sha256").update(JSON.stringify(weights)).digest("hex") });
await host.shutdown({ checkpoint: false });
