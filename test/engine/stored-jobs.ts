/** Trainings whose rows are on the disk, and the same rows from memory in the order in which the disk brings them. */

import type { RowsAhead } from "../../core/data/blocks/rows-ahead.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import { ownValues } from "../../core/data/rows.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import type { PreparedDesign } from "../../core/train/prepare-design.ts";
import { Feeders, feederUrlBeside } from "../../main/engine/feeders.ts";
import type { Preparing, TrainingJob } from "../../main/engine/messages.ts";
import { type PreparedJob, prepareJob, type StoredLayout } from "../../main/engine/prepare-job.ts";
import { TRAINER } from "../built.ts";
import type { Run } from "./moons-run.ts";

const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });
const opened: { feeders: Feeders; prepared: PreparedJob }[] = [];

/** @param path of the stored table */
export function jobOf(design: DesignDocument, path: string): TrainingJob {
  return {
    runId: "r",
    dataName: "",
    dataFingerprint: "",
    specHash: "",
    behindWindow: false,
    keepEvery: 0,
    startFrom: null,
    startOptimizer: null,
    snapshots: null,
    checkpoint: null,
    threads: 1,
    memoryLimitBytes: 2 ** 30,
    dataMemoryBytes: 2 ** 40,
    design,
    table: { path },
  };
}

export async function preparedOf(job: TrainingJob, layout: StoredLayout): Promise<PreparedDesign> {
  const feeders = new Feeders(feederUrlBeside(TRAINER), { windowBytes: 20_000 });
  let told: Preparing | null = null;
  const one = await prepareJob(job, feeders, {
    layout,
    tell: (preparing) => {
      told = preparing;
    },
  });
  opened.push({ feeders, prepared: one });
  const last = told as Preparing | null;
  if (last !== null && (last.pass !== last.passes || last.done !== last.total))
    throw new Error(`the last that was told is ${JSON.stringify(last)}`);
  return one.prepared;
}

/** The threads of every preparation since the last time, which lie open. */
export const openedFeeders = (): readonly Feeders[] => opened.map(({ feeders }) => feeders);

export async function closePrepared(): Promise<void> {
  for (const { feeders, prepared } of opened.splice(0)) {
    feeders.close();
    await prepared.close();
  }
}

export function runOn(design: PreparedDesign, job: TrainingJob, seed = 5): Run {
  const training = readTraining({ ...job.design.train, seed });
  const { spec, encodings } = design;
  const { rowCount, mixup, weights } = design.prepared.training;
  const rows = { trainingRows: rowCount, mixesRows: mixup !== undefined, rowsHaveWeights: weights !== undefined };
  const network = new Network({ spec, training, encodings, backend, ...rows });
  network.initialise(training.seed);
  return { design, training, network };
}

/** Rows of memory in the order in which the disk brings them, changed as memory changes them. */
export function inOrderOf(stored: PreparedPart, part: PreparedPart, batch = 32): RowsAhead {
  const order = (epoch: number): Uint32Array => stored.ahead?.order(epoch) ?? new Uint32Array(0);
  return {
    order,
    take: (epoch, from) => {
      part.redraw?.forEpoch(epoch, part.inputs);
      const rows = order(epoch).subarray(from, from + batch);
      const values = Object.fromEntries(
        Object.entries(part.inputs).map(([id, input]) => {
          const width = sizeOf(input.shape);
          const own = new Float32Array(rows.length * width);
          rows.forEach((row, i) => {
            own.set(ownValues(input, row, row + 1), i * width);
            part.augmenter?.apply(own, i * width, input.shape, { epoch: epoch - 1, row });
          });
          return [id, own];
        }),
      );
      return { values, start: 0 };
    },
  };
}

/** Training rows of an input as the disk brings them in an epoch, by their place in the part. @param epoch from 1 */
export function broughtRows({ ahead, inputs, rowCount }: PreparedPart, id: string, epoch = 1, batch = 32): Float32Array {
  const width = sizeOf(inputs[id]?.shape ?? []);
  const rows = new Float32Array(rowCount * width);
  const order = ahead?.order(epoch) ?? new Uint32Array(0);
  for (let from = 0; from < rowCount; from += batch) {
    const { values = {}, start = 0 } = ahead?.take(epoch, from) ?? {};
    for (let i = 0; i < Math.min(batch, rowCount - from); i++)
      rows.set((values[id] as Float32Array).subarray((start + i) * width, (start + i + 1) * width), (order[from + i] as number) * width);
  }
  return rows;
}
