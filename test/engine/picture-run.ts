/** A run on small drawn pictures that are changed while they are trained on: a convolution, shuffled batches of which the last is short. */
import { Random } from "../../core/data/random.ts";
import type { Table } from "../../core/data/table.ts";
import type { AugmentDocument, DesignDocument } from "../../core/graph/document.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { chain, node } from "./design.ts";
import type { Run } from "./moons-run.ts";

const ROWS = 44;
/** What tells the network's end: a probability of one of two classes, or of each of three. */
const ENDS = {
  two: { names: ["a", "b"], end: node("probability", "dense", { units: 1, activation: "sigmoid" }), loss: "binary_crossentropy" },
  three: {
    names: ["a", "b", "c"],
    end: node("probability", "dense", { units: 3, activation: "softmax" }),
    loss: "categorical_crossentropy",
  },
  shares: { names: ["a", "b", "c"], end: node("probability", "dense", { units: 3, activation: "softmax" }), loss: "kl_divergence" },
} as const;
export type PictureEnd = keyof typeof ENDS;

const SIDE = 12;
export const ALL: AugmentDocument = {
  flip_horizontal: true,
  flip_vertical: true,
  rotate: 20,
  shift: 0.1,
  zoom: 0.2,
  crop: 0.2,
  brightness: 0.2,
  noise: 0.05,
  cutout: 0.3,
  mixup: 0.4,
  seed: null,
};

function tableOf(names: readonly string[]): Table {
  const random = new Random(4);
  const pixels = Uint8Array.from({ length: ROWS * SIDE * SIDE }, () => random.below(256));
  return {
    rowCount: ROWS,
    rowIds: Uint32Array.from({ length: ROWS }, (_, row) => row),
    columns: [
      { kind: "picture", name: "p", shape: [SIDE, SIDE, 1], pixels },
      { kind: "category", name: "y", categories: names, codes: Int32Array.from({ length: ROWS }, (_, row) => row % names.length) },
    ],
  };
}

export function pictureRun(
  backend: KernelBackend,
  augment?: AugmentDocument,
  end: PictureEnd = "two",
  options: Readonly<Record<string, unknown>> = {},
): Run {
  const { names, loss } = ENDS[end];
  const document: DesignDocument = {
    format: "neuroloom-design",
    format_version: 1,
    name: "pictures",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 8, epochs: 4, seed: 5, ...options },
    graph: chain(
      node("x", "input"),
      node("conv", "conv_2d", { filters: 4, kernel_size: [3, 3], activation: "relu" }),
      node("flat", "flatten"),
      ENDS[end].end,
      node("y", "output", { loss }),
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
  const design = prepareDesign(document, tableOf(names));
  const training = readTraining(document.train);
  const { spec, encodings } = design;
  const { rowCount, mixup } = design.prepared.training;
  const network = new Network({ spec, training, encodings, backend, trainingRows: rowCount, mixesRows: mixup !== undefined });
  network.initialise(training.seed);
  return { design, training, network };
}
