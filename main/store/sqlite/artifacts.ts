/**
 * Artifacts of a run: checkpoints and the model, as bytes in chunks, each replaced in one transaction and read back
 * against its SHA-256. What the bytes mean is the affair of trainer and exporter.
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import type { ArtifactStore, CheckpointEntry, CheckpointKind, SnapshotEntry, StoreSources } from "../store.ts";
import type { Connection } from "./connection.ts";
import { readJson } from "./json-column.ts";

/** 1 MiB: large enough to be quick, small enough that no single value comes near SQLite's limit of 1 GB. */
const CHUNK_BYTES = 2 ** 20;
/** Read and checked without others being heard: some ten milliseconds. */
const CHUNKS_A_TURN = 2;

type SnapshotKind = `epoch-${number}-weights`;
type ArtifactKind = CheckpointKind | SnapshotKind | "model" | "held_out";

const snapshotKind = (epoch: number): SnapshotKind => `epoch-${epoch}-weights`;
const IS_SNAPSHOT = "kind GLOB 'epoch-*-weights'";

interface ArtifactRow {
  readonly step: number;
  readonly epoch: number;
  readonly header_json: string;
  readonly size_bytes: number;
  readonly sha256: string;
}

/** What tells one saved artifact from the one that replaced it. */
type SavedRow = Pick<ArtifactRow, "size_bytes" | "sha256"> & { readonly created_at: number };

interface Artifact {
  readonly step: number;
  readonly epoch: number;
  readonly header: unknown;
  readonly bytes: Uint8Array;
}

export function artifactStore(connection: Connection, { now }: StoreSources): ArtifactStore {
  const save = (runId: string, kind: ArtifactKind, { step, epoch, header, bytes }: Artifact): void =>
    connection.write(() => {
      if (connection.first("SELECT 1 FROM runs WHERE id = ?", runId) === undefined) throw new AppError("run.not_found", { id: runId });
      // The chunks of the old one go with its row; their pages are taken again by the new one, so the file does not grow.
      connection.run("DELETE FROM artifacts WHERE run_id = ? AND kind = ?", runId, kind);
      connection.run(
        "INSERT INTO artifacts (run_id, kind, step, epoch, header_json, size_bytes, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        runId,
        kind,
        step,
        epoch,
        JSON.stringify(header),
        bytes.length,
        sha256(bytes),
        now(),
      );
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
        connection.run(
          "INSERT INTO artifact_chunks (run_id, kind, position, bytes) VALUES (?, ?, ?, ?)",
          runId,
          kind,
          start / CHUNK_BYTES,
          bytes.subarray(start, start + CHUNK_BYTES),
        );
    });

  const headerOf = (runId: string, kind: ArtifactKind, json: string): unknown =>
    readJson(connection, z.unknown(), json, { table: "artifacts", row: `${runId} ${kind}` });

  const load = (runId: string, kind: ArtifactKind): Artifact | null =>
    connection.read(() => {
      const row = connection.first<ArtifactRow>(
        "SELECT step, epoch, header_json, size_bytes, sha256 FROM artifacts WHERE run_id = ? AND kind = ?",
        runId,
        kind,
      );
      if (row === undefined) return null;
      const bytes = joinChunks(connection, runId, kind, row.size_bytes);
      const received = sha256(bytes);
      if (received !== row.sha256) throw new AppError("store.damaged_artifact", { run: runId, kind, expected: row.sha256, received });
      return { step: row.step, epoch: row.epoch, header: headerOf(runId, kind, row.header_json), bytes };
    });

  const rowOf = (runId: string, kind: ArtifactKind): SavedRow | undefined =>
    connection.read(() =>
      connection.first<SavedRow>("SELECT size_bytes, sha256, created_at FROM artifacts WHERE run_id = ? AND kind = ?", runId, kind),
    );

  /** The bytes, in as many turns of the event loop as they need; what is replaced meanwhile is read anew. */
  const loadInTurns = async (runId: string, kind: ArtifactKind): Promise<Uint8Array | null> => {
    for (;;) {
      const row = rowOf(runId, kind);
      if (row === undefined) return null;
      const bytes = new Uint8Array(new SharedArrayBuffer(row.size_bytes));
      const hash = createHash("sha256");
      for (let at = 0, position = 0; at < bytes.length; position += CHUNKS_A_TURN) {
        const chunks = chunksFrom(connection, runId, kind, position);
        if (chunks.length === 0) break;
        for (const { bytes: chunk } of chunks) {
          const kept = chunk.subarray(0, bytes.length - at);
          bytes.set(kept, at);
          hash.update(kept);
          at += kept.length;
        }
        await setImmediate();
      }
      const received = hash.digest("hex");
      if (received === row.sha256) return bytes;
      const now = rowOf(runId, kind);
      if (now?.sha256 === row.sha256 && now.created_at === row.created_at)
        throw new AppError("store.damaged_artifact", { run: runId, kind, expected: row.sha256, received });
    }
  };

  return {
    saveCheckpoint: (runId, { kind, ...artifact }) => save(runId, kind, artifact),
    loadCheckpoint: (runId, kind) => {
      const artifact = load(runId, kind);
      return artifact === null ? null : { kind, ...artifact };
    },
    checkpointHeader: (runId, kind) =>
      connection.read(() => {
        const row = connection.first<Pick<ArtifactRow, "header_json">>(
          "SELECT header_json FROM artifacts WHERE run_id = ? AND kind = ?",
          runId,
          kind,
        );
        return row === undefined ? null : headerOf(runId, kind, row.header_json);
      }),
    listCheckpoints: (runId) =>
      connection.read(() =>
        connection.all<CheckpointEntry>(
          `SELECT kind, step, epoch, size_bytes AS sizeBytes FROM artifacts WHERE run_id = ? AND kind NOT IN ('model', 'held_out') AND NOT ${IS_SNAPSHOT}
           ORDER BY epoch, step, kind`,
          runId,
        ),
      ),
    deleteCheckpoint: (runId, kind) =>
      connection.write(() => {
        connection.run("DELETE FROM artifacts WHERE run_id = ? AND kind = ?", runId, kind);
      }),
    saveSnapshot: (runId, snapshot) => save(runId, snapshotKind(snapshot.epoch), snapshot),
    loadSnapshot: (runId, epoch) => load(runId, snapshotKind(epoch)),
    listSnapshots: (runId) =>
      connection.read(() =>
        connection.all<SnapshotEntry>(
          `SELECT step, epoch, size_bytes AS sizeBytes FROM artifacts WHERE run_id = ? AND ${IS_SNAPSHOT} ORDER BY epoch`,
          runId,
        ),
      ),
    keepSnapshots: (mostBytes) =>
      connection.write(() => {
        const runs = connection.all<{ id: string; bytes: number }>(
          `SELECT runs.id AS id, SUM(size_bytes + length(header_json)) AS bytes FROM artifacts JOIN runs ON runs.id = run_id
           WHERE ${IS_SNAPSHOT} GROUP BY runs.id ORDER BY runs.created_at DESC, runs.rowid DESC`,
        );
        let total = 0;
        const tooMany = runs.filter(({ bytes }) => {
          total += bytes;
          return total > mostBytes;
        });
        for (const { id } of tooMany) connection.run(`DELETE FROM artifacts WHERE run_id = ? AND ${IS_SNAPSHOT}`, id);
        return tooMany.length;
      }),
    saveHeldOut: (runId, bytes) => save(runId, "held_out", { step: 0, epoch: 0, header: null, bytes }),
    loadHeldOut: (runId) => load(runId, "held_out")?.bytes ?? null,
    saveModel: (runId, file) => save(runId, "model", { step: 0, epoch: 0, header: null, bytes: file }),
    loadModel: (runId) => loadInTurns(runId, "model"),
  };
}

/** The chunks one after another; what is missing stays zero and what is too much is left out, so the SHA-256 differs. */
function joinChunks(connection: Connection, runId: string, kind: ArtifactKind, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of connection.each<{ bytes: Uint8Array }>(
    "SELECT bytes FROM artifact_chunks WHERE run_id = ? AND kind = ? ORDER BY position",
    runId,
    kind,
  )) {
    bytes.set(chunk.bytes.subarray(0, sizeBytes - at), at);
    at += chunk.bytes.length;
    if (at >= sizeBytes) break;
  }
  return bytes;
}

const chunksFrom = (connection: Connection, runId: string, kind: ArtifactKind, position: number): { readonly bytes: Uint8Array }[] =>
  connection.read(() =>
    connection.all(
      "SELECT bytes FROM artifact_chunks WHERE run_id = ? AND kind = ? AND position >= ? AND position < ? ORDER BY position",
      runId,
      kind,
      position,
      position + CHUNKS_A_TURN,
    ),
  );

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
