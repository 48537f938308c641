/** Issue 4: MNIST from idx files; a small convolutional template reaches 0.99 on the 10,000 test digits, a dense one 0.98. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { REPOSITORY } from "../run/command.ts";
import type { AcceptanceRun, Figure } from "./acceptance.ts";
import { type CommandLine, figureOf } from "./command-line.ts";

const IMAGES = "mnist/train-images-idx3-ubyte.gz";
const TEST_IMAGES = "mnist/t10k-images-idx3-ubyte.gz";
const LABELS = [IMAGES, TEST_IMAGES].map((name) => name.replace("images-idx3", "labels-idx1"));
const templateOf = (name: string): string => join(REPOSITORY, `resources/templates/${name}.json`);

async function accuracy(neuroloom: CommandLine, template: string, train: string, test: string, ...options: string[]): Promise<number> {
  const out = join(neuroloom.folder, template);
  await neuroloom.call("train", templateOf(template), "--data", train, "--out", out, ...options);
  return figureOf(await neuroloom.call("evaluate", join(out, "model.json"), "--data", test), "accuracy");
}

/** The first pictures of an idx file and their labels, as a pair of files. @returns path of the pictures */
function firstOf({ folder, data }: CommandLine, images: string, count: number, name: string): string {
  const cut = (file: string, axes: number): Buffer => {
    const bytes = gunzipSync(readFileSync(data(file)));
    const head = 4 + 4 * axes;
    const each = Array.from({ length: axes - 1 }, (_, axis) => bytes.readUInt32BE(8 + 4 * axis)).reduce((a, b) => a * b, 1);
    const part = Buffer.from(bytes.subarray(0, head + count * each));
    part.writeUInt32BE(count, 4);
    return part;
  };
  const path = join(folder, `${name}-images-idx3-ubyte`);
  writeFileSync(path, cut(images, 3));
  writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), cut(images.replace("images-idx3", "labels-idx1"), 1));
  return path;
}

export default {
  name: "mnist",
  about: "60,000 handwritten digits from idx files, two templates; accuracy on the 10,000 digits of the test files.",
  data: [IMAGES, TEST_IMAGES, ...LABELS],
  measure: async (neuroloom) => {
    const [train, test] = [neuroloom.data(IMAGES), neuroloom.data(TEST_IMAGES)];
    const tries: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const start = performance.now();
      await neuroloom.call("data", train);
      tries.push((performance.now() - start) / 1000);
    }
    // The least: what else the machine does is no part of it.
    const what = "seconds of `neuroloom data` on 60,000 pictures, start of the process included, least of three";
    const figures: Figure[] = [{ what, reached: Math.min(...tries), atMost: 3 }];
    figures.push({ what: "accuracy, convolutions", reached: await accuracy(neuroloom, "mnist-convolution", train, test), atLeast: 0.99 });
    figures.push({ what: "accuracy, dense layers", reached: await accuracy(neuroloom, "mnist-dense", train, test), atLeast: 0.98 });
    return figures;
  },
  measureSmall: async (neuroloom) => {
    const train = firstOf(neuroloom, IMAGES, 4000, "train");
    const test = firstOf(neuroloom, TEST_IMAGES, 1000, "test");
    const few = ["--epochs", "3", "--seed", "1"];
    return [
      {
        what: "accuracy, convolutions, 4,000 digits",
        reached: await accuracy(neuroloom, "mnist-convolution", train, test, ...few),
        atLeast: 0.9,
      },
      {
        what: "accuracy, dense layers, 4,000 digits",
        reached: await accuracy(neuroloom, "mnist-dense", train, test, ...few),
        atLeast: 0.85,
      },
    ];
  },
} satisfies AcceptanceRun;
