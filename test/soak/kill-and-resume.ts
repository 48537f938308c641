/** A training whose process is killed again and again: it goes on from its last checkpoint, and ends with the bits of one that was left alone. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Random } from "../../core/data/random.ts";
import type { Figure, Soak, SoakOptions } from "./soak.ts";
import { told } from "./soak.ts";

const KILLS = 50;
/** At most so many lie between the checkpoints of two kills. */
const EPOCHS_A_KILL = 3;
/** Room at the end: the last kill must come before the end of the run does. */
const SPARE_EPOCHS = 30;
/**
 * After a checkpoint the training goes on at this pace until it is killed: some steps in the longest wait, and minutes for the room at the
 * end, however fast the machine is and however late the kill comes. The pace changes no bit.
 */
export const STEPS_PER_SECOND = 100;
const epochsFor = (kills: number): number => kills * EPOCHS_A_KILL + SPARE_EPOCHS;
const LONGEST_WAIT_MS = 250;
/** Steps of an epoch of this run: a checkpoint is kept at any of them. */
export const STEPS_AN_EPOCH = 42;
const SEED = 3;
const CHILD = fileURLToPath(new URL("resume-child.ts", import.meta.url));

export const killAndResume: Soak = {
  name: "kill-and-resume",
  title: "A training killed and resumed",
  about: `The digits template is trained over ${epochsFor(KILLS)} epochs with dropout and shuffling. The process is killed with SIGKILL ${KILLS} times, at any moment after it had kept a checkpoint, at any step of an epoch, and gone on, and a new process opens the library and resumes the run. Its final weights are compared, bit by bit, with those of a run that was left alone.`,
  run,
};

/** A line of resume-child.ts: `kept` after a checkpoint, then it trains on; `ended` with the hash of its weights. */
export interface ChildLine {
  readonly kind: "kept" | "ended";
  readonly epoch: number;
  readonly step: number;
  readonly weights: string | null;
}

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  const kills = Math.max(2, Math.round(KILLS * share));
  const epochs = epochsFor(kills);
  const place = await mkdtemp(join(tmpdir(), "neuroloom-soak-"));
  try {
    say("training without a kill");
    const alone = (await train(join(place, "alone"), epochs, 0, () => false)).line;
    const random = new Random(SEED);
    let done = 0;
    let step = 0;
    const kept: number[] = [];
    let ended: ChildLine | null = null;
    while (ended === null) {
      const outcome = await train(
        join(place, "killed"),
        epochs,
        // The last one is left alone from its first step on.
        done < kills ? step + 1 + random.below(EPOCHS_A_KILL * STEPS_AN_EPOCH) : 0,
        () => done < kills,
        () => random.below(LONGEST_WAIT_MS),
      );
      if (outcome.line.kind === "ended") ended = outcome.line;
      else {
        done += 1;
        step = outcome.line.step;
        kept.push(step);
        if (done % 10 === 0) say(`${done} kills, step ${step}`);
      }
    }
    const same = ended.weights !== null && ended.weights === alone.weights;
    return [
      { what: "kills", value: String(done), goal: String(kills), met: done === kills },
      {
        what: "final weights, by SHA-256",
        value: same ? "the same bits" : `${ended.weights} instead of ${alone.weights}`,
        goal: "the same bits",
        met: same,
      },
      told(
        "epochs",
        `${ended.epoch}, of ${ended.step / ended.epoch} steps; killed after checkpoints at steps ${kept.slice(0, 5).join(", ")} …`,
      ),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Starts a process on a home, and kills it a while after it has kept a checkpoint, after the step `until`, where `kill` says so. */
async function train(
  home: string,
  epochs: number,
  until: number,
  kill: () => boolean,
  waitMs: () => number = () => 0,
): Promise<{ readonly line: ChildLine }> {
  const child = spawn(process.execPath, [CHILD, home, String(epochs), String(until)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  let last: ChildLine | null = null;
  for await (const text of createInterface({ input: child.stdout })) {
    last = JSON.parse(text) as ChildLine;
    if (last.kind !== "kept" || !kill()) continue;
    await new Promise((resolve) => setTimeout(resolve, waitMs()));
    // It may have come to its end meanwhile: then it says so.
    child.kill("SIGKILL");
  }
  await exit;
  if (last === null) throw new Error("the training said nothing");
  return { line: last };
}
