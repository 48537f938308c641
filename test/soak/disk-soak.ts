/**
 * What the soaks of data that are larger than memory have in common: a data set is written and imported, a process of its own trains on it
 * twice with little memory for rows, and its memory and the bits of its weights are looked at; another asks it about all rows.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { atMost, type Figure, type Soak, type SoakOptions, told } from "./soak.ts";

const CHILD = fileURLToPath(new URL("disk-child.ts", import.meta.url));

export interface DiskCase extends Omit<Soak, "run"> {
  /** Of rows that are trained on in memory. */
  readonly dataMegabytes: number;
  /** Peak memory of a process. */
  readonly mostMegabytes: number;
  /** The process that trains imports the data too; else another one does. */
  readonly importsItself?: true;
  readonly targets: readonly string[];
  /** @returns paths: the file to be imported, and those that belong to it */
  readonly write: (place: string, share: number) => Promise<readonly [file: string, ...further: string[]]>;
  readonly design: (data: DataDocument) => Pick<DesignDocument, "graph" | "data" | "train">;
}

/** What disk-child.ts prints of a training. */
export interface StoredTraining {
  readonly peakMegabytes: number;
  readonly seconds: number;
  /** From the start of the run to its first step. */
  readonly preparing: number;
  readonly loss: number | null;
  /** SHA-256 of the model's weights. */
  readonly weights: string;
}

/** What it prints of questions about the trained model. */
export interface AskedModel {
  readonly peakMegabytes: number;
  /** By question. */
  readonly seconds: Readonly<Record<string, number>>;
}

export const diskSoak = (one: DiskCase): Soak => ({
  name: one.name,
  title: one.title,
  about: one.about,
  run: (options) => trainTwice(one, options),
});

async function trainTwice(one: DiskCase, { share, say }: SoakOptions): Promise<Figure[]> {
  const { name, importsItself, mostMegabytes, write } = one;
  const place = await mkdtemp(join(tmpdir(), "neuroloom-soak-"));
  try {
    say("writing");
    const files = await write(place, share);
    const home = join(place, "home");
    say("importing");
    if (importsItself === undefined) await inChild([name, "import", home, ...files]);
    const train = (which: string): Promise<StoredTraining> =>
      importsItself === undefined
        ? inChild<StoredTraining>([name, "train", home])
        : inChild<StoredTraining>([name, "both", join(place, which), ...files]);
    say("training");
    const first = await train("first");
    say("training again");
    const second = await train("second");
    say("asking");
    const asked = await inChild<AskedModel>([name, "ask", importsItself === undefined ? home : join(place, "second")]);
    const same = first.weights === second.weights;
    const process = importsItself === undefined ? "the process that trains" : "the process";
    return [
      atMost(`peak memory of ${process}`, Math.max(first.peakMegabytes, second.peakMegabytes), mostMegabytes, "MB"),
      {
        what: "final weights of both, by SHA-256",
        value: same ? "the same bits" : `${first.weights} and ${second.weights}`,
        goal: "the same bits",
        met: same,
      },
      told("preparing", `${first.preparing.toFixed(0)} s`),
      told("training, preparing not counted", `${first.seconds.toFixed(0)} s`),
      told("loss", first.loss?.toFixed(4) ?? "none"),
      atMost("peak memory of a process that asks the trained model about all rows", asked.peakMegabytes, mostMegabytes, "MB"),
      ...Object.entries(asked.seconds).map(([question, seconds]) => told(question, `${seconds.toFixed(0)} s`)),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function inChild<T>(given: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, ...given], { stdio: ["ignore", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (text) => (output += String(text)));
    child.stderr.on("data", (text) => (errors += String(text)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve((output === "" ? null : JSON.parse(output)) as T);
      else reject(new Error(`the process ended with ${code}: ${errors}`));
    });
  });
}
