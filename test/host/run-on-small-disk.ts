/**
 * A process that trains without end on the home it is given and prints, a line each, when it must wait for room and when it goes on. With
 * `stop`, `discard` or `quit` it does that once it waits, and then leaves.
 */

import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";
import { openTemplate, startRun } from "./fixture.ts";

const [home = "", act] = process.argv.slice(2);
const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
const opened = await openTemplate(host, "digits", { epochs: 1_000_000, early_stopping: { enabled: false } });
let waits = false;
host.onEvent((event, payload) => {
  if (event !== "run.changed" || !("run" in payload)) return;
  const { status, error, step } = payload.run;
  if (!waits && error !== null) {
    waits = true;
    // A window that is opened now, or its list read again, has to be told the same.
    void asRead(payload.run.id).then((read) => {
      process.stdout.write(`waits ${status} ${error.code}, as read: ${read}\n`);
      if (act !== undefined) void leave(payload.run.id);
    });
  } else if (waits && status === "running" && error === null) {
    waits = false;
    process.stdout.write(`goes on at ${step}\n`);
  }
});
const run = await startRun(host, opened);
process.stdout.write(`run ${run.id}\n`);

/** What a list and a page of the run say of it. */
async function asRead(id: string): Promise<string> {
  const { runs } = await host.handlers["runs.page"]({ project_id: null, after: null, limit: 1 });
  const { run: one } = await host.handlers["runs.get"]({ id });
  return [runs[0], one].map((row) => `${row?.status} ${row?.error?.code}`).join(", ");
}

async function leave(id: string): Promise<void> {
  if (act === "stop") await host.handlers["runs.stop"]({ id });
  // That there is no room to say so is told to whoever asked.
  if (act === "discard") await host.handlers["runs.discard"]({ id }).catch((error: Error) => process.stdout.write(`${error.message}\n`));
  await host.shutdown({ checkpoint: true });
  process.stdout.write("left\n");
  process.exit();
}
