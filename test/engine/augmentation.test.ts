/** Pictures that are changed while they are trained on: the same bits after a resume and for any number of threads, nothing changed where it is off. */
import { describe, expect, it } from "vitest";
import { Random } from "../../core/data/random.ts";
import type { Table } from "../../core/data/table.ts";
import type { AugmentDocument, DesignDocument } from "../../core/graph/document.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { type CheckpointHeader, restoreCheckpoint, takeCheckpoint } from "../../core/train/checkpoint.ts";
import { freshState } from "../../core/train/loop.ts";
import { Network } from "../../core/train/network.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { spawnHelper } from "../kernels/spawn-helper.ts";
import { backends, nameOf } from "./backends.ts";
import { chain, node } from "./design.ts";
import { advance, bitsOf, type Run } from "./moons-run.ts";

const ROWS = 44;
const SIDE = 12;
const ALL: AugmentDocument = {
  flip_horizontal: true,
  flip_vertical: true,
  rotate: 20,
  shift: 0.1,
  zoom: 0.2,
  brightness: 0.2,
  noise: 0.05,
  cutout: 0.3,
  seed: null,
};

function tableOf(): Table {
  const random = new Random(4);
  const pixels = Uint8Array.from({ length: ROWS * SIDE * SIDE }, () => random.below(256));
  return {
    rowCount: ROWS,
    rowIds: Uint32Array.from({ length: ROWS }, (_, row) => row),
    columns: [
      { kind: "picture", name: "p", shape: [SIDE, SIDE, 1], pixels },
      { kind: "category", name: "y", categories: ["a", "b"], codes: Int32Array.from({ length: ROWS }, (_, row) => row % 2) },
    ],
  };
}

function runOf(backend: KernelBackend, augment?: AugmentDocument): Run {
  const document: DesignDocument = {
    format: "neuroloom-design",
    format_version: 1,
    name: "pictures",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 8, epochs: 4, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("conv", "conv_2d", { filters: 4, kernel_size: [3, 3], activation: "relu" }),
      node("flat", "flatten"),
      node("probability", "dense", { units: 1, activation: "sigmoid" }),
      node("y", "output", { loss: "binary_crossentropy" }),
    ),
    data: {
      source: { kind: "file", name: "pictures" },
      columns: [
        { name: "p", type: "picture", role: "feature" },
        { name: "y", type: "categorical", role: "target" },
      ],
      steps: [{ type: "picture", columns: ["p"] }],
      split: { method: "time", validation_fraction: 0.25, seed: null },
      ...(augment === undefined ? {} : { augment }),
      feature_count: null,
      class_count: null,
    },
  };
  const design = prepareDesign(document, tableOf());
  const training = readTraining(document.train);
  const { spec, encodings } = design;
  const network = new Network({ spec, training, encodings, backend, trainingRows: design.prepared.training.rowCount });
  network.initialise(training.seed);
  return { design, training, network };
}

function ended(run: Run): readonly string[] {
  advance(run);
  return bitsOf(run);
}

describe.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))("$name", ({ backend }) => {
  it("trains to other weights with augmentation, and to the same for the same seed", () => {
    const [off, on] = [ended(runOf(backend)), ended(runOf(backend, ALL))];
    expect(on).not.toEqual(off);
    expect(ended(runOf(backend, ALL))).toEqual(on);
    expect(ended(runOf(backend, { ...ALL, seed: 6 }))).not.toEqual(on);
  });

  it("trains to the same weights as without where every option is off", () => {
    expect(ended(runOf(backend, { rotate: 0, flip_horizontal: false, seed: 3 }))).toEqual(ended(runOf(backend)));
  });

  it("leaves the data set as it is", () => {
    const run = runOf(backend, ALL);
    const before = structuredClone(run.design.prepared.training.inputs);
    advance(run);
    expect(run.design.prepared.training.inputs).toEqual(before);
  });

  it.each([2, 5, 9])("ends with the same bits when it is resumed after %i steps in a new network", (steps) => {
    const whole = ended(runOf(backend, ALL));
    const first = runOf(backend, ALL);
    const state = advance(first, freshState(), steps);
    const { header, bytes } = takeCheckpoint(first.network, state, 1);
    const second = runOf(backend, ALL);
    advance(second, restoreCheckpoint(second.network, JSON.parse(JSON.stringify(header)) as CheckpointHeader, bytes.slice()));
    expect(bitsOf(second)).toEqual(whole);
  });
});

it("gives the same bits on one thread and on three", () => {
  const one = ended(runOf(createWasmBackend({ arithmetic: "fast", threads: 1 }), ALL));
  const three = createWasmBackend({ arithmetic: "fast", threads: 3, spawn: spawnHelper, worthSharing: 0 });
  try {
    expect(ended(runOf(three, ALL))).toEqual(one);
  } finally {
    three.close();
  }
});
