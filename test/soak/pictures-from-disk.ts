/** Pictures that are larger than what a training may hold: they are trained on from their file. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { Random } from "../../core/data/random.ts";
import { chain, node } from "../engine/design.ts";
import { idx } from "../picture-files.ts";
import { type DiskCase, diskSoak } from "./disk-soak.ts";

const PICTURES = 20_000;
const SIDE = 128;
const SEED = 9;
const DATA_MEGABYTES = 16;

export const picturesCase: DiskCase = {
  name: "pictures-from-disk",
  title: "Training on pictures from the disk",
  about: `${PICTURES.toLocaleString("en")} grey pictures of ${SIDE} × ${SIDE}, turned, moved and made noisy, are trained on over 2 epochs by a process that may hold ${DATA_MEGABYTES} MB of rows, twice. In memory they would take ${((PICTURES * SIDE * SIDE * 5) / 1e9).toFixed(1)} GB: a byte and a float32 a pixel. Another process imports them. Peak memory is the resident set of the one that trains, engine and all.`,
  dataMegabytes: DATA_MEGABYTES,
  mostMegabytes: 900,
  targets: ["label"],
  write: (place, share) => writePictures(place, Math.round(PICTURES * share)),
  design: (data) => ({
    train: { optimizer: { type: "adam", learning_rate: 0.001 }, batch_size: 64, epochs: 2, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("smaller", "average_pooling_2d", { pool_size: [8, 8] }),
      node("flat", "flatten"),
      node("classes", "dense", { units: 2, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ),
    data: { ...data, augment: { rotate: 10, shift: 0.05, noise: 0.02, seed: null } },
  }),
};

export const picturesFromDisk = diskSoak(picturesCase);

/** An idx pair: noise, the upper half brighter where the label is 1. @returns their paths */
async function writePictures(place: string, count: number): Promise<[images: string, labels: string]> {
  const [images, labels] = [join(place, "train-images-idx3-ubyte"), join(place, "train-labels-idx1-ubyte")];
  const random = new Random(SEED);
  const file = createWriteStream(images);
  file.write(idx([count, SIDE, SIDE], []));
  const codes = new Uint8Array(count);
  for (let picture = 0; picture < count; picture += 1) {
    codes[picture] = random.below(2);
    const bytes = new Uint8Array(SIDE * SIDE);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = random.below(160) + (codes[picture] === 1 && i < bytes.length / 2 ? 60 : 0);
    if (!file.write(bytes)) await new Promise((resolve) => file.once("drain", resolve));
  }
  file.end();
  await finished(file);
  const second = createWriteStream(labels);
  second.end(idx([count], codes));
  await finished(second);
  return [images, labels];
}
