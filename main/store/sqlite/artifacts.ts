/**
 * Artifacts of a run: checkpoints and the model, as bytes in chunks, written and read in pieces (artifact-sets.ts) and read back
 * against their SHA-256. What the bytes mean is the affair of trainer and exporter.
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import type { ArtifactStore, CheckpointEntry, CheckpointKind, SnapshotEntry } from "../store.ts";
import { type Artifact, type ArtifactSets, CHUNKS_A_TURN } from "./artifact-sets.ts";
import type { Connection } from "./connection.ts";
import { readJson } from "./json-column.ts";

type SnapshotKind = `epoch-${number}-weights`;
type ArtifactKind = CheckpointKind | SnapshotKind | "model" | "held_out";

const snapshotKind = (epoch: number): SnapshotKind => `epoch-${epoch}-weights`;
const IS_SNAPSHOT = "kind GLOB 'epoch-*-weights'";

interface ArtifactRow {
  readonly set_id: string;
  readonly step: number;
  readonly epoch: number;
  readonly header_json: string;
  readonly size_bytes: number;
  readonly sha256: string;
}

export function artifactStore(connection: Connection, sets: ArtifactSets): ArtifactStore {
  const headerOf = (runId: string, kind: ArtifactKind, json: string): unknown =>
    readJson(connection, z.unknown(), json, { table: "artifacts", row: `${runId} ${kind}` });

  const rowOf = (runId: string, kind: ArtifactKind): ArtifactRow | undefined =>
    connection.read(() =>
      connection.first<ArtifactRow>(
        "SELECT set_id, step, epoch, header_json, size_bytes, sha256 FROM artifacts WHERE run_id = ? AND kind = ?",
        runId,
        kind,
      ),
    );

  /** In as many turns of the event loop as its bytes need; what is replaced meanwhile is read anew. */
  const load = async (runId: string, kind: ArtifactKind): Promise<Artifact | null> => {
    for (;;) {
      const row = rowOf(runId, kind);
      if (row === undefined) return null;
      const { bytes, received } = await bytesOfSet(connection, runId, row);
      if (received === row.sha256) return { step: row.step, epoch: row.epoch, header: headerOf(runId, kind, row.header_json), bytes };
      if (rowOf(runId, kind)?.set_id === row.set_id)
        throw new AppError("store.damaged_artifact", { run: runId, kind, expected: row.sha256, received });
    }
  };

  return {
    saveCheckpoint: (runId, { kind, ...artifact }) => sets.save(runId, kind, artifact),
    loadCheckpoint: async (runId, kind) => {
      const artifact = await load(runId, kind);
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
    deleteCheckpoint: (runId, kind) => {
      connection.write(() => sets.letGo("run_id = ? AND kind = ?", runId, kind));
      sets.sweepSoon();
    },
    saveSnapshot: (runId, snapshot) => sets.save(runId, snapshotKind(snapshot.epoch), snapshot),
    loadSnapshot: (runId, epoch) => load(runId, snapshotKind(epoch)),
    listSnapshots: (runId) =>
      connection.read(() =>
        connection.all<SnapshotEntry>(
          `SELECT step, epoch, size_bytes AS sizeBytes FROM artifacts WHERE run_id = ? AND ${IS_SNAPSHOT} ORDER BY epoch`,
          runId,
        ),
      ),
    keepSnapshots: (mostBytes) => {
      const dropped = connection.write(() => {
        const runs = connection.all<{ id: string; bytes: number }>(
          `SELECT runs.id AS id, SUM(size_bytes + length(header_json)) AS bytes FROM artifacts JOIN runs ON runs.id = run_id
           WHERE ${IS_SNAPSHOT} GROUP BY runs.id ORDER BY runs.created_at DESC, runs.rowid DESC`,
        );
        let total = 0;
        const tooMany = runs.filter(({ bytes }) => {
          total += bytes;
          return total > mostBytes;
        });
        for (const { id } of tooMany) sets.letGo(`run_id = ? AND ${IS_SNAPSHOT}`, id);
        return tooMany.length;
      });
      sets.sweepSoon();
      return dropped;
    },
    saveHeldOut: (runId, bytes) => sets.save(runId, "held_out", { step: 0, epoch: 0, header: null, bytes }),
    loadHeldOut: async (runId) => (await load(runId, "held_out"))?.bytes ?? null,
    saveModel: (runId, file, header) => sets.save(runId, "model", { step: 0, epoch: 0, header, bytes: file }),
    loadModel: async (runId) => (await load(runId, "model"))?.bytes ?? null,
    sweepArtifacts: () => sets.sweepSoon(),
    settled: () => sets.settled(),
  };
}

/** What is missing stays zero and what is too much is left out, so that the SHA-256 differs. */
async function bytesOfSet(
  connection: Connection,
  runId: string,
  { set_id: setId, size_bytes: sizeBytes }: ArtifactRow,
): Promise<{ readonly bytes: Uint8Array; readonly received: string }> {
  const bytes = new Uint8Array(new SharedArrayBuffer(sizeBytes));
  const hash = createHash("sha256");
  for (let at = 0, position = 0; at < bytes.length; position += CHUNKS_A_TURN) {
    const chunks = chunksFrom(connection, runId, setId, position);
    if (chunks.length === 0) break;
    for (const { bytes: chunk } of chunks) {
      const kept = chunk.subarray(0, bytes.length - at);
      bytes.set(kept, at);
      hash.update(kept);
      at += kept.length;
    }
    await setImmediate();
  }
  return { bytes, received: hash.digest("hex") };
}

const chunksFrom = (connection: Connection, runId: string, setId: string, position: number): { readonly bytes: Uint8Array }[] =>
  connection.read(() =>
    connection.all(
      "SELECT bytes FROM artifact_chunks WHERE run_id = ? AND set_id = ? AND position >= ? AND position < ? ORDER BY position",
      runId,
      setId,
      position,
      position + CHUNKS_A_TURN,
    ),
  );
