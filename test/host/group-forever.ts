/** A process that trains a group of seeds on the home it is given, and prints the group's id once the second member trains. */

import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";
import { hasEnded, openTemplate, runUntil } from "./fixture.ts";

const [home = ""] = process.argv.slice(2);
const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
await host.handlers["app.set_setting"]({ key: "threads", value: 1 });
const { projectId, datasetId, design } = await openTemplate(host, "digits", {
  epochs: 16,
  batch_size: 8,
  early_stopping: { enabled: false },
});
const { group, runs } = await host.handlers["groups.start"]({
  project_id: projectId,
  dataset_id: datasetId,
  design,
  plan: { kind: "seeds", seeds: [1, 2, 3] },
});
const [first = "", second = ""] = runs.map((run) => run.id);
await runUntil(host, first, hasEnded);
await runUntil(host, second, (run) => run.status === "running" && run.epoch > 2);
process.stdout.write(`${group.id}\n`);
await new Promise(() => undefined);
