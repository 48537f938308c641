/** What the tests of the host share: a home of their own, templates and waiting for a run. */
import { rmSync } from "node:fs";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import type { OpenHostOptions } from "../../main/host/host-interface.ts";
import { TRAINER } from "../built.ts";
import { newHome } from "../home.ts";

export interface TestHome extends AsyncDisposable {
  readonly path: string;
  open(more?: Pick<OpenHostOptions, "takeOverQueue">): Promise<OpenedHost>;
}

/**
 * A home that is removed at the end, with all hosts that were opened on it. Its runs take one thread, so that two files of tests can
 * share two cores; "all" for as many as a run takes when nobody says.
 */
export function testHome(threads: 1 | "all" = 1): TestHome {
  const path = newHome("neuroloom-host-");
  const hosts: OpenedHost[] = [];
  return {
    path,
    open: async (more = {}) => {
      const host = await openHost({ home: path, entry: "test", workerUrl: TRAINER, ...more });
      hosts.push(host);
      if (threads !== "all") await host.handlers["app.set_setting"]({ key: "threads", value: threads });
      return host;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled(hosts.map((host) => host.shutdown({ checkpoint: false })));
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export interface OpenedTemplate {
  readonly projectId: string;
  readonly datasetId: string;
  readonly design: DesignDocument;
}

/** A template opened as a project, with some training options changed. */
export async function openTemplate(host: OpenedHost, name: string, train: Record<string, unknown> = {}): Promise<OpenedTemplate> {
  const { design, dataset_id } = await host.handlers["templates.open"]({ name });
  if (dataset_id === null) throw new Error(`template ${name} ships no data`);
  const changed = { ...design, train: { ...design.train, ...train } };
  const { project } = await host.handlers["projects.create"]({ design: changed, dataset_id });
  return { projectId: project.id, datasetId: dataset_id, design: changed };
}

export async function startRun(host: OpenedHost, opened: OpenedTemplate): Promise<Run> {
  return (await host.handlers["runs.start"]({ project_id: opened.projectId, design: opened.design, dataset_id: opened.datasetId })).run;
}

/** The first state of a run that satisfies the condition, now or later. */
export function runUntil(host: OpenedHost, id: string, holds: (run: Run) => boolean): Promise<Run> {
  return new Promise((resolve, reject) => {
    const stop = host.onEvent((event, payload) => {
      if (event !== "run.changed" || !("run" in payload) || payload.run.id !== id || !holds(payload.run)) return;
      stop();
      resolve(payload.run);
    });
    host.handlers["runs.get"]({ id }).then(({ run }) => {
      if (!holds(run)) return;
      stop();
      resolve(run);
    }, reject);
  });
}

export const hasEnded = (run: Run): boolean => ["done", "stopped", "failed", "interrupted"].includes(run.status);
