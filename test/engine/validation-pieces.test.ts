/** Orders are heard while validation rows are gone over, and nothing of what is computed changes by that. */
import { describe, expect, it } from "vitest";
import type { PreparedPart } from "../../core/data/prepared.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { type EpochReport, freshState, type LoopState, trainingInPieces } from "../../core/train/loop.ts";
import type { FromTrainer, ToTrainer, TrainingJob } from "../../main/engine/messages.ts";
import { Trainer } from "../../main/engine/trainer.ts";
import { backends, oracle } from "./backends.ts";
import { bitsOf, moonsDesign, moonsRun, moonsTable, type Run } from "./moons-run.ts";

const TIMES = 30;

/** The validation rows of two moons, over and over: 840, in four batches. */
function widened(run: Run): Run {
  const { validation } = run.design.prepared;
  const again = (rows: PreparedPart["inputs"]): PreparedPart["inputs"] =>
    Object.fromEntries(
      Object.entries(rows).map(([id, { shape, values }]) => {
        const many = new Float32Array(TIMES * validation.rowCount * sizeOf(shape));
        for (let k = 0; k < TIMES; k += 1) many.set(values, k * values.length);
        return [id, { shape, values: many }];
      }),
    );
  const rowCount = TIMES * validation.rowCount;
  const rowIds = Uint32Array.from({ length: rowCount }, (_, i) => i);
  const prepared = {
    ...run.design.prepared,
    validation: { rowCount, rowIds, inputs: again(validation.inputs), targets: again(validation.targets) },
  };
  return { ...run, design: { ...run.design, prepared } };
}

const piecesOf = ({ design, training, network }: Run, state: LoopState) =>
  trainingInPieces({ network, data: design.prepared, training, outputs: design.outputs, state });

/** Runs to the end, or is left in the second piece of the validation of an epoch. */
function train(run: Run, state: LoopState, leftIn: number | null = null): readonly EpochReport[] {
  const epochs: EpochReport[] = [];
  let pieces = 0;
  for (const report of piecesOf(run, state)) {
    pieces = report.kind === "validation" ? pieces + 1 : 0;
    if (report.kind === "epoch") epochs.push(report);
    if (pieces === 2 && state.epoch === leftIn) break;
  }
  return epochs;
}

describe.each(backends)("validation in pieces on $name, $arithmetic", (backend) => {
  const options = { use_ema: true, ema_momentum: 0.9, epochs: 3 };

  it("rests after every batch with the weights that are trained in their place", () => {
    const run = widened(moonsRun(backend, options));
    const rows: number[] = [];
    let atStep = "";
    for (const report of piecesOf(run, freshState())) {
      if (report.kind === "step") atStep = bitsOf(run).join();
      if (report.kind !== "validation") continue;
      if (report.rows !== 840) rows.push(report.rows);
      expect(bitsOf(run).join()).toBe(atStep);
    }
    expect(rows).toEqual([256, 512, 768, 256, 512, 768, 256, 512, 768]);
  });

  it("left in the middle and resumed goes on to the same bits and the same figures", () => {
    const whole = widened(moonsRun(backend, options));
    const expected = train(whole, freshState());
    const first = widened(moonsRun(backend, options));
    const state = freshState();
    const before = train(first, state, 2);
    expect(before).toEqual(expected.slice(0, 1));
    const { header, bytes } = takeCheckpoint(first.network, state, 0);
    const second = widened(moonsRun(backend, options));
    const rest = train(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes));
    expect(rest).toEqual(expected.slice(1));
    expect(bitsOf(second)).toEqual(bitsOf(whole));
  });
});

const job: TrainingJob = {
  runId: "run",
  design: moonsDesign({ epochs: 2 }),
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

/** What a trainer says that is given an order at one of its rests; by a clock on which every slice is over at once. */
async function ordered(order: ToTrainer, atRest: number): Promise<readonly FromTrainer[]> {
  const said: FromTrainer[] = [];
  let [now, rests] = [0, 0];
  const trainer = new Trainer(job, {
    nowMs: () => (now += 30),
    post: (message) => said.push(message),
    openBackend: () => oracle,
    breathe: async () => {
      rests += 1;
      if (rests === atRest) trainer.receive(order);
    },
    after: (_, act) => act(),
  });
  const { design } = widened(moonsRun(oracle, { epochs: 2 }));
  await trainer.run(async () => ({ prepared: design, table: moonsTable() }));
  return said;
}

describe("orders while validation rows are gone over", () => {
  // Six steps, then the first rests of the validation.
  it.each([["stop"], ["suspend"]] as const)("%s is obeyed before the epoch is judged", async (kind) => {
    const said = await ordered({ kind }, 8);
    const points = said.flatMap((message) => (message.kind === "progress" ? message.points : []));
    expect(points.filter(({ name }) => name === "batch_loss")).toHaveLength(6);
    expect(points.filter(({ name }) => name === "val_loss")).toEqual([]);
    expect(said.at(-1)).toMatchObject({ kind: "ended", how: kind === "stop" ? "stopped" : "suspended" });
    expect(said.some((message) => message.kind === "checkpoint")).toBe(kind === "suspend");
  });
});
