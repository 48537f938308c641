/** Pictures that are larger than what a training may hold: they are trained on from their file, and the memory of the process is watched. */
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { Random } from "../../core/data/random.ts";
import { idx } from "../picture-files.ts";
import { atMost, type Figure, type Soak, type SoakOptions, told } from "./soak.ts";
import type { StoredTraining } from "./train-from-disk.ts";

const PICTURES = 20_000;
const SIDE = 128;
const SEED = 9;
/** Of rows that are trained on in memory. */
const DATA_MEGABYTES = 16;
const MOST_MEGABYTES = 900;
const CHILD = fileURLToPath(new URL("pictures-child.ts", import.meta.url));

export const picturesFromDisk: Soak = {
  name: "pictures-from-disk",
  title: "Training on pictures from the disk",
  about: `${PICTURES.toLocaleString("en")} grey pictures of ${SIDE} × ${SIDE}, turned, moved and made noisy, are trained on over 2 epochs by a process that may hold ${DATA_MEGABYTES} MB of rows, twice. In memory they would take ${((PICTURES * SIDE * SIDE * 5) / 1e9).toFixed(1)} GB: a byte and a float32 a pixel. Another process imports them. Peak memory is the resident set of the one that trains, engine and all.`,
  run,
};

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  const place = await mkdtemp(join(tmpdir(), "neuroloom-soak-"));
  try {
    const pictures = Math.round(PICTURES * share);
    say(`writing ${pictures} pictures`);
    const files = await writePictures(place, pictures);
    const home = join(place, "home");
    say("importing");
    const imported = await inChild<{ dataset: string }>(["import", home, ...files]);
    say("training");
    const first = await inChild<StoredTraining>(["train", home, imported.dataset, String(DATA_MEGABYTES)]);
    say("training again");
    const second = await inChild<StoredTraining>(["train", home, imported.dataset, String(DATA_MEGABYTES)]);
    const same = first.weights === second.weights;
    return [
      atMost("peak memory of the process that trains", Math.max(first.peakMegabytes, second.peakMegabytes), MOST_MEGABYTES, "MB"),
      {
        what: "final weights of both, by SHA-256",
        value: same ? "the same bits" : `${first.weights} and ${second.weights}`,
        goal: "the same bits",
        met: same,
      },
      told("training, preparing not counted", `${first.seconds.toFixed(0)} s`),
      told("loss", first.loss?.toFixed(4) ?? "none"),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

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

function inChild<T>(given: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, ...given], { stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (text) => (output += String(text)));
    child.stderr.on("data", (text) => (errors += String(text)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as T);
      else reject(new Error(`the process ended with ${code}: ${errors}`));
    });
  });
}
