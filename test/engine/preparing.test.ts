/** Before a run begins: it tells how far its rows have been gone over, and a stop ends it there, unless it has weights to keep. */
import { expect, it } from "vitest";
import type { FromTrainer, TrainingJob } from "../../main/engine/messages.ts";
import { Trainer } from "../../main/engine/trainer.ts";
import { chain, node } from "./design.ts";
import { jobOf } from "./stored-jobs.ts";

const JOB = jobOf(
  {
    format: "neuroloom-design",
    format_version: 1,
    name: "preparing",
    notes: "",
    train: {},
    graph: chain(node("x", "input"), node("y", "output", { loss: "mse" })),
    data: null,
  },
  "",
);

const around = (posted: FromTrainer[]) => ({
  nowMs: () => 1000 * (posted.length + 1),
  post: (message: FromTrainer) => void posted.push(message),
  openBackend: () => {
    throw new Error("there is nothing to compute");
  },
  breathe: async () => undefined,
  after: () => undefined,
});

/** What is told of a job that is stopped between two pieces of rows. */
async function stoppedBetween(job: TrainingJob): Promise<readonly FromTrainer[]> {
  const posted: FromTrainer[] = [];
  const trainer = new Trainer(job, around(posted));
  await trainer.run(async (tell) => {
    tell({ pass: 1, passes: 2, done: 5, total: 10 });
    trainer.receive({ kind: "stop" });
    tell({ pass: 1, passes: 2, done: 10, total: 10 });
    throw new Error("the rows are prepared");
  });
  return posted;
}

it("tells of the rows, and a stop ends it without a model", async () => {
  const [first, last, ...more] = await stoppedBetween(JOB);
  expect(first).toEqual({ kind: "preparing", preparing: { pass: 1, passes: 2, done: 5, total: 10 } });
  expect(last).toMatchObject({ kind: "ended", how: "stopped", model: null, evaluation: null, epochs: 0 });
  expect(more).toEqual([]);
});

it("goes on to its weights where it had some: they are what a stop keeps", async () => {
  const checkpoint = { header: {}, bytes: new Uint8Array(0) } as unknown as TrainingJob["checkpoint"];
  const posted = await stoppedBetween({ ...JOB, checkpoint });
  expect(posted.map(({ kind }) => kind)).toEqual(["preparing", "preparing", "progress", "failed"]);
});
