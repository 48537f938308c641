/**
 * What a power cut leaves of the library while five processes write: the files as they are at one moment (the writers are stopped), without
 * the log's index, which is in memory, and with the end of the log lost or torn, as of a drive that had not written it yet.
 */
import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { openConnection, openStore } from "./sqlite/open.ts";
import type { Store } from "./store.ts";
import { type StoreChild, startChild } from "./testing/child-process.ts";
import { countedSources, sampleDesign, sampleRun, seededNumbers, temporaryFolder, valueAt } from "./testing/store-fixture.ts";

const WRITERS = 5;
const CUTS = 12;
const BATCH = 10;
const LOG_HEAD = 32;
const FRAME_HEAD = 24;

/** Steps that a run has; a batch that is not whole, a hole or a wrong value is a fault. */
function stepsOf(store: Store, runId: string): number {
  const [loss, accuracy] = store.readCurves(runId, 1_000_000);
  const steps = loss?.x.length ?? 0;
  expect(accuracy?.x.length ?? 0).toBe(steps);
  expect(steps % BATCH).toBe(0);
  expect(loss?.x.every((step, place) => step === place + 1 && loss.y[place] === valueAt(step)) ?? true).toBe(true);
  return steps;
}

/** Ends of the transactions in a log, in bytes: frames of its present round (their salts are the head's) that say how large the library is. */
function commitsOf(log: Buffer): { readonly ends: readonly number[]; readonly frame: number } {
  if (log.length < LOG_HEAD) return { ends: [], frame: 0 };
  const frame = FRAME_HEAD + log.readUInt32BE(8);
  const ends: number[] = [];
  for (let at = LOG_HEAD; at + frame <= log.length; at += frame) {
    if (log.readUInt32BE(at + 8) !== log.readUInt32BE(16) || log.readUInt32BE(at + 12) !== log.readUInt32BE(20)) break;
    if (log.readUInt32BE(at + 4) > 0) ends.push(at + frame);
  }
  return { ends, frame };
}

/** Frames that were, or are just being, copied into the library: those reached the disk before (sqlite.org/walformat.html, nBackfillAttempted). */
const copiedFrames = (index: Buffer): number => Math.max(index.readUInt32LE(96), index.readUInt32LE(128));

/** Opens what was left, and counts the transactions of all runs. */
async function held(path: string, runIds: readonly string[], atLeast: readonly number[] | null): Promise<number> {
  using store = disposable(await openStore({ path, ...countedSources("after") }));
  expect(store.integrityCheck()).toEqual([]);
  const steps = runIds.map((id) => stepsOf(store, id));
  for (const [place, least] of (atLeast ?? []).entries()) expect(steps[place]).toBeGreaterThanOrEqual(least);
  return steps.reduce((sum, count) => sum + count / BATCH, 0);
}

function disposable(store: Store): Store & Disposable {
  return Object.assign(store, { [Symbol.dispose]: () => store.close() });
}

test("every transaction is on the disk before it is said to be kept", async () => {
  using folder = temporaryFolder();
  const { database } = await openConnection({ path: folder.file("library.sqlite") });
  // 2 is FULL: the log is flushed at the end of every transaction.
  expect([database.pragma("synchronous", { simple: true }), database.pragma("journal_mode", { simple: true })]).toEqual([2, "wal"]);
  database.close();
});

/** Stops the writers and waits until none of them runs any more. */
async function stopped(writers: readonly StoreChild[]): Promise<void> {
  for (const { process: child } of writers) child.kill("SIGSTOP");
  for (const { process: child } of writers) while (!/\) [TZ] /.test(readFileSync(`/proc/${child.pid}/stat`, "utf8"))) await delay(1);
}

// Only Linux says of a process that it stands still.
test.skipIf(process.platform !== "linux")(
  "a power cut at any moment leaves a library that opens, is sound, and holds every transaction before the cut and none by half",
  async () => {
    using folder = temporaryFolder();
    const path = folder.file("library.sqlite");
    const store = await openStore({ path, busyTimeoutMs: 60_000, ...countedSources("parent") });
    const project = store.createProject({ name: "iris", design: sampleDesign("iris"), datasetId: null });
    const runIds = Array.from({ length: WRITERS }, () => store.createRun(sampleRun(project.id)).id);
    store.close();
    const random = seededNumbers(11);
    const kept = runIds.map(() => 0);
    const writers = runIds.map((id): StoreChild => startChild(["append", path, id, "1", "0"]));
    const reading = writers.map(async (writer, place) => {
      for (let answer = await writer.next(); answer !== null; answer = await writer.next()) kept[place] = answer.kept ?? kept[place] ?? 0;
    });
    const signal = (name: "SIGCONT" | "SIGKILL"): void => {
      for (const { process: child } of writers) child.kill(name);
    };
    try {
      for (let cut = 0; cut < CUTS; cut += 1) {
        const [before, enough] = [kept.reduce((a, b) => a + b), BATCH * Math.ceil(1 + random() * 40)];
        while (kept.reduce((a, b) => a + b) < before + enough) await delay(Math.ceil(random() * 5));
        await stopped(writers);
        // What was said before the stop is kept; what was still in the pipe is too, and not asked for.
        const said = [...kept];
        const [whole, torn] = [folder.file(`whole-${cut}.sqlite`), folder.file(`torn-${cut}.sqlite`)];
        for (const copy of [whole, torn]) for (const end of ["", "-wal"]) copyFileSync(path + end, copy + end);
        const index = readFileSync(`${path}-shm`);
        signal("SIGCONT");
        const { ends, frame } = commitsOf(readFileSync(`${whole}-wal`));
        const all = await held(whole, runIds, said);
        // Nothing behind this byte had to be on the disk yet, if the drive had not kept its word for the last transactions.
        const safe = LOG_HEAD + copiedFrames(index) * frame;
        const size = statSync(`${torn}-wal`).size;
        const at = Math.min(size, Math.floor(safe + random() * Math.max(0, (ends.at(-1) ?? safe) - safe)));
        if (cut % 2 === 0) truncateSync(`${torn}-wal`, at);
        else {
          const log = readFileSync(`${torn}-wal`);
          for (let byte = at; byte < log.length; byte += 1) log[byte] = Math.floor(random() * 256);
          writeFileSync(`${torn}-wal`, log);
        }
        expect(await held(torn, runIds, null)).toBe(all - ends.filter((end) => end > at).length);
      }
    } finally {
      signal("SIGKILL");
      signal("SIGCONT");
      await Promise.all(reading);
    }
  },
  240_000,
);
