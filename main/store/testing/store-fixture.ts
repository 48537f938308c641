/** What the tests of the store share: a folder of their own, counted ids, a clock that ticks by itself, sample content. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { CurvePoint } from "../../../core/protocol/methods.ts";
import type { NewDataset, NewRun, RunOwner, StoreSources } from "../store.ts";

/** A folder that is removed at the end: `using folder = temporaryFolder()`. */
export function temporaryFolder(): { readonly path: string; file(name: string): string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "neuroloom-store-"));
  return { path, file: (name) => join(path, name), [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Ids `prefix-1`, `prefix-2` … and a clock that starts at `start` and goes on by 1 ms each time it is read. */
export function countedSources(prefix = "id", start = 1_000): StoreSources {
  let ids = 0;
  let time = start;
  return { now: () => time++, newId: () => `${prefix}-${++ids}` };
}

export function sampleDesign(name: string, units = 8): DesignDocument {
  return {
    format: "neuroloom-design",
    format_version: 1,
    name,
    graph: {
      nodes: [
        {
          id: "n1",
          type: "a_type_of_the_future",
          name: "first",
          config: { units },
          position: { x: 1, y: 2.5 },
          shared_with: null,
          bypassed: false,
        },
      ],
      edges: [],
      groups: [],
    },
    train: { epochs: 10, optimizer: { type: "adam", learning_rate: 0.001 } },
    data: null,
    notes: "多层",
  };
}

export function sampleDataset(fingerprint: string, fileName: string | null = `${fingerprint}.parquet`): NewDataset {
  return {
    name: "flowers",
    kind: "file",
    rowCount: 150,
    columnCount: 2,
    sizeBytes: 4_321,
    fingerprint,
    source: { delimiter: ";", header: true },
    fileName,
    columns: [
      {
        name: "width",
        type: "numeric",
        remarks: ["constant"],
        missing: 0,
        distinct: 1,
        mean: 1.5,
        deviation: 0,
        min: 1.5,
        max: 1.5,
        quantiles: [1.5],
        histogram: [{ label: "1.5", from: 1.5, to: 1.5, count: 150 }],
      },
    ],
    warnings: [{ code: "data.something", params: { column: "width" } }],
  };
}

export const sampleOwner: RunOwner = { processId: 4242, startToken: "boot-17" };

export function sampleRun(projectId: string, more: Partial<NewRun> = {}): NewRun {
  return {
    projectId,
    design: sampleDesign("trained"),
    owner: sampleOwner,
    datasetId: null,
    datasetName: "flowers",
    dataFingerprint: "f1",
    specHash: "s1",
    engineVersion: "1",
    seed: 7,
    epochs: 10,
    ...more,
  };
}

/** `count` points of one curve whose values follow from their steps, so that a reader can check each. */
export function samplePoints(name: string, firstStep: number, count: number): CurvePoint[] {
  return Array.from({ length: count }, (_, index) => {
    const step = firstStep + index;
    return { name, step, epoch: Math.floor(step / 100), seconds: step / 64, value: valueAt(step) };
  });
}

export function valueAt(step: number): number {
  return Math.sin(step / 50) + 1 / step;
}

/** The same "random" numbers every time, 0 to 1 (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The code of the AppError that `action` throws; fails when it throws none or something else. */
export async function codeOf(action: () => unknown): Promise<string> {
  return (await errorOf(action)).code;
}

export async function errorOf(action: () => unknown): Promise<AppError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

/** A run `r` of a project `p`, as libraries of versions 1 and 2 kept it: the store of today writes columns that they lack. */
export const oldRun = `
  INSERT INTO design_versions VALUES ('h', '${JSON.stringify(sampleDesign("old"))}', 1);
  INSERT INTO projects (id, name, revision, design_hash, created_at, updated_at) VALUES ('p', 'old', 1, 'h', 1, 1);
  INSERT INTO runs (id, project_id, number, name, notes, tags_json, group_name, status, design_hash, spec_hash, seed, dataset_name,
    data_fingerprint, engine_version, created_at, epochs, metrics_json, owner_process, owner_token, heartbeat_at)
    VALUES ('r', 'p', 1, '#1', '', '[]', NULL, 'done', 'h', 's', 0, '', 'f', '1', 1, 5, '{}', 1, 't', 1);
`;
