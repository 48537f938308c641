/**
 * A second process for the tests of the store: `node store-child.ts <act> <library> …`. It answers with one JSON value a
 * line, written before it goes on, and each act is one that the parent interrupts, limits or competes with.
 */
import { writeSync } from "node:fs";
import { errorData } from "../../../core/errors.ts";
import { openConnection, openStore } from "../sqlite/open.ts";
import { countedSources, samplePoints } from "./store-fixture.ts";

const BATCH_POINTS = 10;
const [act = "", path = "", ...rest] = process.argv.slice(2);
const sources = countedSources(`child-${process.pid}`);
const say = (value: unknown): void => void writeSync(1, `${JSON.stringify(value)}\n`);

/** Adds batches from `firstStep` on, saying after each which step is kept, and a checkpoint after every tenth; never ends by itself. */
async function append(runId: string, firstStep: number, checkpointBytes: number): Promise<void> {
  const store = await openStore({ path, ...sources });
  for (let step = firstStep; ; step += BATCH_POINTS) {
    const points = ["loss", "accuracy"].flatMap((name) => samplePoints(name, step, BATCH_POINTS));
    store.appendPoints(runId, points);
    const last = step + BATCH_POINTS - 1;
    say({ kept: last });
    if (last % 100 !== 0 || checkpointBytes === 0) continue;
    await store.saveCheckpoint(runId, {
      kind: "last",
      step: last,
      epoch: 0,
      header: { step: last },
      bytes: new Uint8Array(checkpointBytes).fill(last / 100),
    });
  }
}

/** Replaces the last checkpoint over and over, each with a byte of its own, saying after each which one is kept; never ends by itself. */
async function replace(runId: string, first: number, checkpointBytes: number): Promise<void> {
  const store = await openStore({ path, ...sources });
  for (let step = first; ; step += 1) {
    await store.saveCheckpoint(runId, {
      kind: "last",
      step,
      epoch: 0,
      header: { step },
      bytes: new Uint8Array(checkpointBytes).fill(step),
    });
    say({ kept: step });
  }
}

/** Takes the write lock and keeps it until the parent closes the input. */
async function hold(): Promise<void> {
  const connection = await openConnection({ path });
  connection.database.exec("BEGIN IMMEDIATE");
  say({ held: true });
  for await (const _ of process.stdin);
  connection.database.exec("ROLLBACK");
  connection.database.close();
}

/** Opens the library, makes a project, and says what came of it. */
async function openAndWrite(): Promise<void> {
  const store = await openStore({ path, ...sources });
  say({ opened: true });
  store.setSetting(`opened by ${process.pid}`, true);
  store.close();
}

const acts: Readonly<Record<string, () => Promise<void>>> = {
  append: () => append(rest[0] ?? "", Number(rest[1]), Number(rest[2])),
  replace: () => replace(rest[0] ?? "", Number(rest[1]), Number(rest[2])),
  hold,
  open: openAndWrite,
  open_as_nobody: async () => {
    // The driver's binary may lie where nobody may not read: it is loaded while we still may.
    const { default: Database } = await import("better-sqlite3");
    new Database(":memory:").close();
    process.setgid?.(65534);
    process.setuid?.(65534);
    return openAndWrite();
  },
};

try {
  const chosen = acts[act];
  if (chosen === undefined) throw new Error(`No act "${act}".`);
  await chosen();
} catch (error) {
  say({ error: errorData(error) });
}
