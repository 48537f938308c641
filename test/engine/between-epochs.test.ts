/** What is told between the ends of epochs: figures of the last batches, and of validation rows every so many steps. Nothing of the training changes. */
import { describe, expect, it } from "vitest";
import type { CurvePoint } from "../../core/protocol/methods.ts";
import { BatchWindow } from "../../core/train/batch-window.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { metricsOf } from "../../core/train/evaluate.ts";
import { type CheckReport, type EpochReport, freshState, type LoopState, trainingInPieces } from "../../core/train/loop.ts";
import type { FromTrainer, ToTrainer, TrainingJob } from "../../main/engine/messages.ts";
import { Trainer } from "../../main/engine/trainer.ts";
import { backends, oracle } from "./backends.ts";
import { bitsOf, moonsDesign, moonsRun, moonsTable, type Run } from "./moons-run.ts";

const EPOCHS = 3;
/** Steps of two moons in an epoch: five of 16 rows and one of 4. */
const STEPS = 6;
const rowsUntil = (step: number): number => Math.min(84, 16 * step);

const piecesOf = ({ design, training, network }: Run, state: LoopState) =>
  trainingInPieces({ network, data: design.prepared, training, outputs: design.outputs, state });

/** Runs to the end, or is left before it is told of the first piece of the check after a step. */
function train(run: Run, state: LoopState, leftIn: number | null = null) {
  const epochs: EpochReport[] = [];
  const checks: CheckReport[] = [];
  for (const report of piecesOf(run, state)) {
    if (report.kind === "epoch") epochs.push(report);
    if (report.kind === "check") checks.push(report);
    if (report.kind === "validation" && state.step === leftIn) break;
  }
  return { epochs, checks };
}

describe.each(backends)("validation rows in the middle of an epoch on $name, $arithmetic", (backend) => {
  const asked = { use_ema: true, ema_momentum: 0.9, epochs: EPOCHS, validate_every: 2 };

  it("are looked at every so many steps, and change no bit of the training", () => {
    const { validate_every: _, ...unasked } = asked;
    const plain = moonsRun(backend, unasked);
    const without = train(plain, freshState());
    const run = moonsRun(backend, asked);
    const found = train(run, freshState());
    expect(without.checks).toEqual([]);
    // The end of an epoch, after 6 and 12 steps, looks at them anyway.
    expect(found.checks.map(({ step, epoch }) => [step, epoch])).toEqual([
      [2, 1],
      [4, 1],
      [8, 2],
      [10, 2],
      [14, 3],
      [16, 3],
    ]);
    expect(found.epochs).toEqual(without.epochs);
    expect(bitsOf(run)).toEqual(bitsOf(plain));
  });

  it("have the figures that an evaluation at that step has", () => {
    const run = moonsRun(backend, asked);
    const { prepared, outputs } = run.design;
    const { validation, pipeline } = prepared;
    for (const report of piecesOf(run, freshState())) {
      if (report.kind !== "check") continue;
      const { loss, predictions } = run.network.withAveragedWeights(() => run.network.evaluate(validation));
      const own = Object.entries(metricsOf(outputs, pipeline, validation, predictions)).map(([name, value]) => [`val_${name}`, value]);
      expect(report.figures).toEqual({ val_loss: loss, ...Object.fromEntries(own) });
    }
  });

  it("left in the middle and resumed are looked at once more, and every bit is the same", () => {
    const whole = moonsRun(backend, asked);
    const expected = train(whole, freshState());
    const first = moonsRun(backend, asked);
    const state = freshState();
    const before = train(first, state, 8);
    const { header, bytes } = takeCheckpoint(first.network, state, 0);
    const second = moonsRun(backend, asked);
    const rest = train(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes));
    expect([...before.checks, ...rest.checks]).toEqual(expected.checks);
    expect([...before.epochs, ...rest.epochs]).toEqual(expected.epochs);
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });
});

describe("the last batches", () => {
  it("have figures of their own rows, which together are those of the epoch", () => {
    const run = moonsRun(oracle, { epochs: 2 });
    const state = freshState();
    const { network, design } = run;
    const window = new BatchWindow({ network, data: design.prepared, outputs: design.outputs, state });
    let [right, since] = [0, 0];
    for (const report of piecesOf(run, state)) {
      if (report.kind === "epoch") {
        expect(right / 84).toBeCloseTo(report.metrics["accuracy"] ?? Number.NaN, 12);
        [right, since] = [0, 0];
        window.beginEpoch();
      }
      if (report.kind !== "step") continue;
      const inEpoch = report.step - STEPS * (report.epoch - 1);
      if (inEpoch !== 2 && inEpoch !== 3 && inEpoch !== STEPS) continue;
      right += (window.take()["accuracy"] ?? Number.NaN) * (rowsUntil(inEpoch) - since);
      since = rowsUntil(inEpoch);
      expect(window.take()).toEqual({});
    }
  });

  it("of a whole epoch have none: the epoch says them", () => {
    const run = moonsRun(oracle, { epochs: 1 });
    const state = freshState();
    const window = new BatchWindow({ network: run.network, data: run.design.prepared, outputs: run.design.outputs, state });
    for (const report of piecesOf(run, state)) if (report.kind === "step" && report.step === STEPS) expect(window.take()).toEqual({});
    expect.assertions(1);
  });
});

const job: TrainingJob = {
  runId: "run",
  design: moonsDesign({ epochs: EPOCHS }),
  table: { path: "" },
  dataName: "moons",
  dataFingerprint: "",
  specHash: "",
  threads: 1,
  checkpoint: null,
  memoryLimitBytes: 2 ** 30,
  dataMemoryBytes: 2 ** 30,
  behindWindow: false,
  startFrom: null,
  startOptimizer: null,
  keepEvery: 0,
  snapshots: null,
};

/** What a trainer says; suspended at one of its rests where that is asked. By a clock on which every slice is over at once. */
async function said(train: Record<string, unknown>, suspendedAt: number, checkpoint: TrainingJob["checkpoint"] = null) {
  const messages: FromTrainer[] = [];
  let [now, rests] = [0, 0];
  const suspend: ToTrainer = { kind: "suspend" };
  const trainer = new Trainer(
    { ...job, design: moonsDesign(train), checkpoint },
    {
      nowMs: () => (now += 60),
      post: (message) => messages.push(message),
      openBackend: () => oracle,
      breathe: async () => {
        rests += 1;
        if (rests === suspendedAt) trainer.receive(suspend);
      },
      after: (_, act) => act(),
    },
  );
  await trainer.run(async () => ({ prepared: moonsRun(oracle, train).design, table: moonsTable() }));
  const points = messages.flatMap((message) => (message.kind === "progress" ? message.points : []));
  const kept = messages.find((message) => message.kind === "checkpoint" && message.checkpoint === "last");
  return { points, checkpoint: kept?.kind === "checkpoint" ? { header: kept.header, bytes: kept.bytes } : null };
}

const stepsOf = (points: readonly CurvePoint[], name: string): number[] =>
  points.filter((point) => point.name === name).map(({ step }) => step);

/** Of each epoch its rows that were right: by its own figure, and by those of its batches where it has any. */
function rightByEpoch(points: readonly CurvePoint[]): readonly (readonly [number, number])[] {
  return Array.from({ length: EPOCHS }, (_, k) => {
    const own = points.find(({ name, epoch }) => name === "accuracy" && epoch === k + 1)?.value ?? Number.NaN;
    let [right, since] = [0, 0];
    for (const { step, value } of points.filter(({ name, epoch }) => name === "batch_accuracy" && epoch === k + 1)) {
      const until = rowsUntil(step - STEPS * k);
      right += (value ?? Number.NaN) * (until - since);
      since = until;
    }
    return [84 * own, right] as const;
  });
}

describe("curves between the epochs", () => {
  const train = { epochs: EPOCHS, validate_every: 2 };

  it("have learning rate, norm, speed and metrics of batches at steps", async () => {
    const { points } = await said(train, -1);
    for (const name of ["learning_rate", "gradient_norm", "samples_per_second", "batch_accuracy"])
      expect(
        stepsOf(points, name).some((step) => step % STEPS !== 0),
        name,
      ).toBe(true);
    expect(stepsOf(points, "batch_val_loss")).toEqual([2, 4, 8, 10, 14, 16]);
    expect(stepsOf(points, "val_loss")).toEqual([6, 12, 18]);
  });

  it.each(Array.from({ length: 24 }, (_, k) => k + 1))(
    "lose and double nothing where a run is suspended at rest %i and resumed",
    async (rest) => {
      const first = await said(train, rest);
      const second = first.checkpoint === null ? { points: [] } : await said(train, -1, first.checkpoint);
      const points = [...first.points, ...second.points];
      for (const name of new Set(points.map((point) => point.name))) {
        const steps = stepsOf(points, name);
        expect(steps, name).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }
      expect(stepsOf(points, "batch_val_loss")).toEqual([2, 4, 8, 10, 14, 16]);
      expect(stepsOf(points, "val_loss")).toEqual([6, 12, 18]);
      for (const [own, ofBatches] of rightByEpoch(points)) expect([own, 0].map((one) => Math.abs(one - ofBatches) < 1e-9)).toContain(true);
      expect(stepsOf(points, "batch_loss").at(-1)).toBe(18);
    },
  );
});

describe("a run that is judged after some epochs", () => {
  it.each([
    ["go_on", 18],
    ["stop", 6],
  ] as const)("takes no step until it hears: %s", async (kind, steps) => {
    const messages: FromTrainer[] = [];
    let now = 0;
    const trainer = new Trainer(
      { ...job, judgedAfter: [1, EPOCHS] },
      {
        nowMs: () => (now += 60),
        post: (message) => {
          messages.push(message);
          if (message.kind !== "asks") return;
          const told = messages.flatMap((one) => (one.kind === "progress" ? one.points : []));
          expect(stepsOf(told, "val_loss")).toEqual([6]);
          setTimeout(() => {
            expect(messages.at(-1)).toEqual({ kind: "asks", epoch: 1 });
            trainer.receive({ kind });
          }, 20);
        },
        openBackend: () => oracle,
        breathe: async () => {},
        after: (_, act) => act(),
      },
    );
    await trainer.run(async () => ({ prepared: moonsRun(oracle, { epochs: EPOCHS }).design, table: moonsTable() }));
    // Of the last epoch it does not ask: there is nothing to go on to.
    expect(messages.filter((message) => message.kind === "asks")).toHaveLength(1);
    expect(messages.at(-1)).toMatchObject({ kind: "ended", how: kind === "stop" ? "stopped" : "done" });
    const points = messages.flatMap((message) => (message.kind === "progress" ? message.points : []));
    expect(stepsOf(points, "batch_loss").at(-1)).toBe(steps);
  });
});
