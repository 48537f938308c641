/** Pictures of more than 2 GB, imported by a process of its own that may hold a small part of them; the same twice, and cancelled. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { Random } from "../../core/data/random.ts";
import type { ImportOutcome } from "./import-large.ts";
import { allHold, atMost, type Figure, type Soak, type SoakOptions, told } from "./soak.ts";

const PICTURES = 15_000;
const SIDE = 224;
const PICTURE_BYTES = SIDE * SIDE * 3;
const SEED = 20_261_123;
const MOST_MEGABYTES = 600;
/** A piece of 64 MB on its way to the disk, and the files that are read meanwhile. */
const MOST_BUFFER_MEGABYTES = 200;
const CLASSES = ["warm", "cold"] as const;
const CHILD = fileURLToPath(new URL("import-child.ts", import.meta.url));
const LOOK = fileURLToPath(new URL("look-child.ts", import.meta.url));

export const manyPictures: Soak = {
  name: "many-pictures",
  title: "Import of pictures of more than 2 GB",
  about: `A folder of ${PICTURES.toLocaleString("en")} PNGs of ${SIDE} × ${SIDE} in colour, every one its own (test/soak/many-pictures.ts, always the same), whose pixels take ${((PICTURES * PICTURE_BYTES) / 2 ** 30).toFixed(1)} GiB, is imported by a process of its own, twice, and once more to be cancelled in the middle. Pictures drawn by chance, and the last one, are then looked at: they must be those of their files. Peak memory is the process's resident set as the system counts it.`,
  run,
};

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  const place = await mkdtemp(join(tmpdir(), "neuroloom-soak-"));
  try {
    const count = Math.round(PICTURES * share);
    const set = join(place, "set");
    say(`writing ${count} pictures`);
    const bytes = await writePictures(set, count);
    // A part of it must be short: that the same pictures are the same data set, other tests hold too.
    const folders = (share < 1 ? ["first"] : ["first", "second"]).map((name) => join(place, name));
    const imports: ImportOutcome[] = [];
    for (const folder of folders) {
      say("importing");
      imports.push(await outputOf<ImportOutcome>(spawn(process.execPath, ["--expose-gc", CHILD, set, folder, ""])));
    }
    const [first] = imports as [ImportOutcome];
    const stored = await Promise.all(folders.map(async (folder) => (await readdir(folder)).sort().join()));
    const areSame = new Set(stored).size === 1;
    say("looking at some of them");
    const random = new Random(SEED);
    const asked = [0, count - 1, ...Array.from({ length: 20 }, () => random.below(count))];
    const table = join(place, "first", (await readdir(join(place, "first"))).find((name) => name.endsWith(".parquet")) ?? "");
    const seen = await outputOf<Seen[]>(spawn(process.execPath, [LOOK, table, ...asked.map(String)]));
    const wrong = seen.filter(({ file, corner }) => corner.join() !== colourOf(Number(/(\d+)\.png/.exec(file)?.[1])).join());
    say("cancelling");
    const folder = join(place, "cancelled");
    const cancelled = await outputOf<ImportOutcome>(spawn(process.execPath, ["--expose-gc", CHILD, set, folder, "reading"]));
    const left = await readdir(folder);
    const stopped = cancelled.code === "data.import_cancelled" && left.length === 0 ? [] : [`${cancelled.code}, ${left.join()} left`];
    return [
      { what: "pictures imported", value: String(first.rows), goal: String(count), met: first.rows === count },
      told("files", `${Math.round(bytes / 1e6).toLocaleString("en")} MB`),
      told("pixels", `${Math.round((count * PICTURE_BYTES) / 1e6).toLocaleString("en")} MB`),
      told("time", imports.map(({ seconds }) => `${seconds.toFixed(0)} s`).join(" and ")),
      atMost("peak memory of the process", Math.max(...imports.map(({ peakMegabytes }) => peakMegabytes)), MOST_MEGABYTES, "MB"),
      atMost("most that buffers of JavaScript held, garbage aside", first.bufferMegabytes, MOST_BUFFER_MEGABYTES, "MB"),
      { what: "both as data sets", value: areSame ? "the same" : "different", goal: "the same", met: areSame },
      allHold(
        "pictures that are those of their files, the last one among them",
        asked.length,
        wrong.map(({ file }) => file),
      ),
      told("longest task of the main thread", `${first.longestTaskMs.toFixed(0)} ms`),
      told("reports of progress", String(first.reports)),
      allHold("cancelled, nothing left behind", 1, stopped),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** What look-child.ts prints of each. */
export interface Seen {
  readonly file: string;
  /** Its first pixel. */
  readonly corner: readonly number[];
}

/** No two of them alike. */
const colourOf = (picture: number): [number, number, number] => [picture % 2 === 0 ? 230 : 20, picture >> 8, picture & 255];

/** A slope from the colour of the picture, as a photograph has no two pixels alike. @returns bytes of the files */
async function writePictures(set: string, count: number): Promise<number> {
  for (const name of CLASSES) await mkdir(join(set, name), { recursive: true });
  const pixels = Buffer.alloc(PICTURE_BYTES);
  let bytes = 0;
  for (let picture = 0; picture < count; picture += 1) {
    const colour = colourOf(picture);
    for (let place = 0; place < SIDE * SIDE; place += 1)
      for (let channel = 0; channel < 3; channel += 1)
        pixels[3 * place + channel] = ((colour[channel] ?? 0) + (place >> (6 + channel))) & 255;
    const raw = { width: SIDE, height: SIDE, channels: 3 as const };
    const content = await sharp(pixels, { raw }).png({ compressionLevel: 1 }).toBuffer();
    await writeFile(join(set, CLASSES[picture % 2] ?? "", `${String(picture).padStart(6, "0")}.png`), content);
    bytes += content.length;
  }
  return bytes;
}

function outputOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    let output = "";
    let errors = "";
    child.stdout?.on("data", (text) => (output += String(text)));
    child.stderr?.on("data", (text) => (errors += String(text)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as T);
      else reject(new Error(`a process of the soak ended with ${code}: ${errors}`));
    });
  });
}
