/**
 * The bytes of artifacts on their way into the library and out of it, in pieces with a turn of the event loop between: one thread answers
 * every window. A set of chunks gets its kind in one small transaction once it is whole, and that which it replaces loses its own; a
 * process that is killed leaves the old one and a set without a kind, which is removed later.
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { AppError } from "../../../core/errors.ts";
import type { CompactWatch } from "../library-space.ts";
import type { StoreSources } from "../store.ts";
import type { Connection } from "./connection.ts";

/** 1 MiB: large enough to be quick, small enough that no single value comes near SQLite's limit of 1 GB. */
const CHUNK_BYTES = 2 ** 20;
/** Written, read or removed without others being heard: some ten milliseconds. Of no more than this an artifact is one transaction. */
export const CHUNKS_A_TURN = 2;
const PIECE_BYTES = CHUNKS_A_TURN * CHUNK_BYTES;
/** Pages given back to the system in a turn. */
const PAGES_A_TURN = 256;
/** A set that nothing was added to for so long is no longer being written: its process is gone. One that only slept begins anew. */
const UNFINISHED_MS = 10 * 60 * 1000;
/** The time of a set that waits to be removed, whoever finds it. */
const TO_BE_REMOVED = 0;

export interface Artifact {
  readonly step: number;
  readonly epoch: number;
  readonly header: unknown;
  readonly bytes: Uint8Array;
}

interface SetName {
  readonly run_id: string;
  readonly set_id: string;
}

export class ArtifactSets {
  private readonly connection: Connection;
  private readonly sources: StoreSources;
  /** Acts under way and waiting: one after the other, so that no save is overtaken by an earlier one and turns stay short. */
  private going = 0;
  private last: Promise<unknown> = Promise.resolve();
  /** Sets that a save gave up and that could not be removed yet, as on a full disk. */
  private readonly givenUp: SetName[] = [];

  constructor(connection: Connection, sources: StoreSources) {
    this.connection = connection;
    this.sources = sources;
  }

  /** Resolves when it is kept. @throws AppError run.not_found, store.* : then the one before is as it was */
  async save(runId: string, kind: string, artifact: Artifact): Promise<void> {
    const small = artifact.bytes.length <= PIECE_BYTES;
    if (small && this.going === 0) this.saveAtOnce(runId, kind, artifact);
    else await this.inOrder(async () => (small ? this.saveAtOnce(runId, kind, artifact) : this.saveInTurns(runId, kind, artifact)));
    this.sweepSoon();
  }

  /** Takes the kind from all that `which` names (SQL over artifacts) and begins to remove them. Must run in a write transaction. */
  letGo(which: string, ...values: string[]): void {
    this.connection.run(`UPDATE artifacts SET kind = NULL, created_at = ${TO_BE_REMOVED} WHERE kind IS NOT NULL AND (${which})`, ...values);
  }

  /** Begins to remove what has no kind any more. What cannot be removed now, as on a full disk, the next sweep finds. */
  sweepSoon(): void {
    if (!this.connection.isOpen || !this.hasToSweep()) return;
    void this.inOrder(() => this.sweep()).catch(passing);
  }

  /** Resolves when everything that was begun so far is done. */
  async settled(): Promise<void> {
    for (let seen: Promise<unknown> | null = null; seen !== this.last; ) {
      seen = this.last;
      await seen;
    }
  }

  /** Removes all sets that wait for it, and gives pages that nothing uses back to the system. */
  compact({ signal, onProgress }: CompactWatch = {}): Promise<void> {
    return this.inOrder(async () => {
      const { connection } = this;
      if (signal?.aborted === true || !connection.isOpen) return;
      const page = Number(connection.outside((database) => database.pragma("page_size", { simple: true })));
      const waiting = connection.read(
        () =>
          connection.first<{ bytes: number | null }>(
            "SELECT SUM(size_bytes) AS bytes FROM artifacts WHERE kind IS NULL AND created_at < ?",
            this.sweptBefore(),
          )?.bytes ?? 0,
      );
      // What is removed leaves pages that are given back then.
      const total = 2 * waiting + page * this.freePages();
      let done = 0;
      const goesOn = (bytes: number): boolean => {
        done = Math.min(total, done + bytes);
        onProgress?.(done, total);
        return signal?.aborted !== true;
      };
      await this.sweep(goesOn);
      await this.giveBack((pages) => goesOn(pages * page));
    });
  }

  giveBackSoon(): void {
    void this.inOrder(() => this.giveBack()).catch(passing);
  }

  private inOrder<T>(act: () => Promise<T>): Promise<T> {
    this.going += 1;
    const done = this.last.then(act).finally(() => {
      this.going -= 1;
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  private saveAtOnce(runId: string, kind: string, { step, epoch, header, bytes }: Artifact): void {
    const { connection, sources } = this;
    connection.write(() => {
      this.requireRun(runId);
      const setId = sources.newId();
      connection.run("DELETE FROM artifacts WHERE run_id = ? AND kind = ? AND size_bytes <= ?", runId, kind, PIECE_BYTES);
      this.letGo("run_id = ? AND kind = ?", runId, kind);
      this.insert({ run_id: runId, set_id: setId }, kind, { step, epoch, header }, bytes.length, sha256(bytes));
      this.insertChunks({ run_id: runId, set_id: setId }, 0, bytes);
    });
  }

  private async saveInTurns(runId: string, kind: string, artifact: Artifact): Promise<void> {
    // What a save before gave up takes the room that this one needs.
    for (let set = this.givenUp.at(-1); set !== undefined; set = this.givenUp.at(-1)) {
      await this.remove(set);
      this.givenUp.pop();
    }
    for (;;) {
      const set: SetName = { run_id: runId, set_id: this.sources.newId() };
      this.connection.write(() => {
        this.requireRun(runId);
        this.insert(set, null, { ...artifact, header: null }, 0, "");
      });
      try {
        if (await this.fill(set, kind, artifact)) return;
      } catch (error) {
        this.givenUp.push(set);
        await this.remove(set).then(() => this.givenUp.pop(), passing);
        throw error;
      }
    }
  }

  /** @returns false when the set was removed meanwhile: it lay too long, or its run is gone */
  private async fill(set: SetName, kind: string, { bytes, header }: Artifact): Promise<boolean> {
    const { connection, sources } = this;
    const hash = createHash("sha256");
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      hash.update(piece);
      const added = connection.write(() => {
        const rows = connection.run(
          "UPDATE artifacts SET size_bytes = ?, created_at = ? WHERE run_id = ? AND set_id = ? AND created_at <> ?",
          start + piece.length,
          sources.now(),
          set.run_id,
          set.set_id,
          TO_BE_REMOVED,
        );
        if (rows === 1) this.insertChunks(set, start / CHUNK_BYTES, piece);
        return rows === 1;
      });
      if (!added) return false;
      await setImmediate();
    }
    const digest = hash.digest("hex");
    return connection.write(() => {
      const ours = "SELECT 1 FROM artifacts WHERE run_id = ? AND set_id = ? AND created_at <> ?";
      if (connection.first(ours, set.run_id, set.set_id, TO_BE_REMOVED) === undefined) return false;
      this.letGo("run_id = ? AND kind = ?", set.run_id, kind);
      connection.run(
        "UPDATE artifacts SET kind = ?, header_json = ?, sha256 = ?, created_at = ? WHERE run_id = ? AND set_id = ?",
        kind,
        JSON.stringify(header),
        digest,
        sources.now(),
        set.run_id,
        set.set_id,
      );
      return true;
    });
  }

  private requireRun(runId: string): void {
    if (this.connection.first("SELECT 1 FROM runs WHERE id = ?", runId) === undefined) throw new AppError("run.not_found", { id: runId });
  }

  private insert(set: SetName, kind: string | null, { step, epoch, header }: Omit<Artifact, "bytes">, size: number, digest: string): void {
    this.connection.run(
      "INSERT INTO artifacts (run_id, set_id, kind, step, epoch, header_json, size_bytes, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      set.run_id,
      set.set_id,
      kind,
      step,
      epoch,
      JSON.stringify(header),
      size,
      digest,
      this.sources.now(),
    );
  }

  private insertChunks(set: SetName, position: number, bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
      this.connection.run(
        "INSERT INTO artifact_chunks (run_id, set_id, position, bytes) VALUES (?, ?, ?, ?)",
        set.run_id,
        set.set_id,
        position + start / CHUNK_BYTES,
        bytes.subarray(start, start + CHUNK_BYTES),
      );
  }

  private hasToSweep(): boolean {
    const { connection } = this;
    return connection.read(
      () => connection.first("SELECT 1 FROM artifacts WHERE kind IS NULL AND created_at < ?", this.sweptBefore()) !== undefined,
    );
  }

  private sweptBefore(): number {
    return Math.max(TO_BE_REMOVED + 1, this.sources.now() - UNFINISHED_MS);
  }

  /** @param goesOn told how many bytes were removed more; answers false to stop */
  private async sweep(goesOn: (bytes: number) => boolean = always): Promise<void> {
    const { connection } = this;
    if (!connection.isOpen || !this.hasToSweep()) return;
    // Marked before the first chunk goes: one who wakes up in the middle of writing must not go on with half of it.
    const sets = connection.write(() => {
      connection.run(`UPDATE artifacts SET created_at = ${TO_BE_REMOVED} WHERE kind IS NULL AND created_at < ?`, this.sweptBefore());
      return connection.all<SetName>("SELECT run_id, set_id FROM artifacts WHERE kind IS NULL AND created_at = ?", TO_BE_REMOVED);
    });
    for (const set of sets) if (!(await this.remove(set, goesOn))) return;
  }

  /** @returns false when it was stopped */
  private async remove(set: SetName, goesOn: (bytes: number) => boolean = always): Promise<boolean> {
    const { connection } = this;
    for (let more = true; more && connection.isOpen; ) {
      more = connection.write(() => {
        const removed = connection.run(
          `DELETE FROM artifact_chunks WHERE rowid IN
             (SELECT rowid FROM artifact_chunks WHERE run_id = ? AND set_id = ? LIMIT ${CHUNKS_A_TURN})`,
          set.run_id,
          set.set_id,
        );
        if (removed < CHUNKS_A_TURN)
          connection.run("DELETE FROM artifacts WHERE run_id = ? AND set_id = ? AND kind IS NULL", set.run_id, set.set_id);
        return removed === CHUNKS_A_TURN;
      });
      await setImmediate();
      if (more && !goesOn(PIECE_BYTES)) return false;
    }
    return goesOn(0);
  }

  private freePages(): number {
    return this.connection.outside((database) => Number(database.pragma("freelist_count", { simple: true })));
  }

  /** @param goesOn told how many pages were given back more; answers false to stop */
  private async giveBack(goesOn: (pages: number) => boolean = always): Promise<void> {
    const { connection } = this;
    for (let before = Number.POSITIVE_INFINITY; connection.isOpen; ) {
      const free = this.freePages();
      // A library that was made without it gives nothing back.
      if (free === 0 || free >= before || !goesOn(before === Number.POSITIVE_INFINITY ? 0 : before - free)) return;
      before = free;
      connection.outside((database) => database.pragma(`incremental_vacuum(${PAGES_A_TURN})`));
      await setImmediate();
    }
  }
}

const always = (): boolean => true;

/** What the library refuses now is done by the next sweep. */
function passing(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
