/** A process that trains without end on the home it is given, and prints the run's id once a few epochs are stored. */

import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";
import { hasEnded, openTemplate, runUntil, startRun } from "./fixture.ts";

const [home = ""] = process.argv.slice(2);
const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
const run = await startRun(host, await openTemplate(host, "digits", { epochs: 100_000, early_stopping: { enabled: false } }));
await runUntil(host, run.id, (now) => now.epoch > 4);
await new Promise<void>((resolve) => host.onEvent((event) => event === "run.points" && resolve()));
process.stdout.write(`${run.id}\n`);
await runUntil(host, run.id, hasEnded);
