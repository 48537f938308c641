/** A host for tests of the transports: handlers that a test gives, events that it fires, files in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { HostHandlers } from "../../core/protocol/host.ts";
import { type EventPayload, type MethodName, methods, type Run } from "../../core/protocol/methods.ts";
import type { DownloadFile, Host, HostEventListener } from "../../main/host/host-interface.ts";

/** Every method of the contract; those the test does not give refuse by name. */
export function testHandlers(own: Partial<HostHandlers> = {}): HostHandlers {
  const names = Object.keys(methods) as MethodName[];
  const refuse = (method: MethodName) => () => Promise.reject(new AppError("test.not_served", { method }));
  return Object.fromEntries(names.map((method) => [method, own[method] ?? refuse(method)])) as HostHandlers;
}

export interface TestHost extends Host {
  readonly emit: HostEventListener;
  readonly folder: string;
  readonly offered: Map<string, DownloadFile>;
  readonly taken: { readonly path: string; readonly name: string }[];
  readonly shutdowns: boolean[];
  /** Paths that a window was asked to open. */
  readonly opened: string[];
  running: boolean;
  remove(): void;
}

export function openTestHost(own: Partial<HostHandlers> = {}): TestHost {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-test-host-"));
  const listeners = new Set<HostEventListener>();
  const offered = new Map<string, DownloadFile>();
  const taken: { path: string; name: string }[] = [];
  const shutdowns: boolean[] = [];
  const opened: string[] = [];
  const host: TestHost = {
    handlers: testHandlers(own),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event, payload) {
      for (const listener of listeners) listener(event, payload);
    },
    folder,
    offered,
    taken,
    shutdowns,
    opened,
    openFile: (path) => void opened.push(path),
    running: false,
    downloads: { resolve: (token) => offered.get(token) ?? null },
    uploads: {
      folder: join(folder, "uploads"),
      register(path, name) {
        taken.push({ path, name });
        return `upload-${taken.length}`;
      },
    },
    shutdown({ checkpoint }) {
      shutdowns.push(checkpoint);
      return Promise.resolve();
    },
    hasRunningRuns: () => host.running,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return host;
}

export function testRun(own: Partial<Run> = {}): Run {
  return {
    id: "run-1",
    project_id: "project-1",
    number: 1,
    name: "Run 1",
    notes: "",
    tags: [],
    status: "running",
    error: null,
    created_at: 0,
    started_at: 0,
    ended_at: null,
    seconds: 0,
    epoch: 1,
    epochs: 10,
    step: 0,
    steps_per_epoch: 100,
    seed: 0,
    spec_hash: "0",
    data_fingerprint: "0",
    engine_version: "0",
    dataset_id: null,
    dataset_name: "",
    parameters: null,
    peak_bytes: null,
    memory: null,
    backend: null,
    threads: null,
    best_epoch: null,
    metrics: {},
    has_model: false,
    group_id: null,
    group_index: null,
    group_options: null,
    queue_place: null,
    parent_id: null,
    ...own,
  };
}

export function runChanged(own: Partial<Run>): EventPayload<"run.changed"> {
  return { run: testRun(own), samples_per_second: null, remaining_seconds: null, learning_rate: null };
}

export function runPoints(sequence: number): EventPayload<"run.points"> {
  return { run_id: "run-1", sequence, points: [{ name: "loss", step: sequence, epoch: 1, seconds: 0, value: 0.5 }] };
}
