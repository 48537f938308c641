/** A process that trains a run in the home it is given, or goes on with the one that is there: it keeps a checkpoint once, then trains to the end. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { openHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, WORKER } from "../host/fixture.ts";
import type { ChildLine } from "./kill-and-resume.ts";

const [home = "", epochs = "", until = ""] = process.argv.slice(2);
const say = (line: ChildLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const host = await openHost({ home, entry: "test", workerUrl: WORKER });
const { runs } = await host.handlers["runs.list"]({ project_id: null });
let [run] = runs;
if (run === undefined)
  run = await startRun(host, await openTemplate(host, "digits", { epochs: Number(epochs), early_stopping: { enabled: false } }));
else await host.handlers["runs.resume"]({ id: run.id });
const { id } = run;
if (Number(until) > 0) {
  const reached = await runUntil(host, id, (now) => hasEnded(now) || (now.status === "running" && now.epoch >= Number(until)));
  if (!hasEnded(reached)) {
    // A pause keeps a checkpoint, as closing the window does.
    await host.handlers["runs.pause"]({ id });
    const paused = await runUntil(host, id, (now) => now.status === "paused" || hasEnded(now));
    await host.handlers["runs.resume"]({ id });
    say({ kind: "kept", epoch: paused.epoch, weights: null });
  }
}
const ended = await runUntil(host, id, hasEnded);
if (ended.status !== "done") throw new Error(`the run ended as ${ended.status}: ${JSON.stringify(ended.error)}`);
const { download } = await host.handlers["exports.model"]({ run_id: id, format: "json", plain_arrays: false });
const { weights } = JSON.parse(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")) as { weights: unknown };
say({ kind: "ended", epoch: ended.epoch, weights: createHash("sha256").update(JSON.stringify(weights)).digest("hex") });
await host.shutdown({ checkpoint: false });
