/** Projects as files: written for taking away, taken into the library, and files that the system asks to open. */
import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { PROJECT_FILE_ENDING } from "../../store/project-file/project-file.ts";
import { readInThread, writeInThread } from "../../store/project-file/project-file-thread.ts";
import type { Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import type { HostFiles } from "../files.ts";

type ProjectFileHandlers = Pick<
  HostHandlers,
  "projects.export_file" | "projects.import_file" | "projects.cancel_file" | "projects.waiting_files"
>;

/** An import that was broken off is out of reach at once and purged by the first start a day later. */
const DAY_MS = 24 * 3600 * 1000;

interface FilePlaces {
  readonly libraryPath: string;
  readonly datasetsFolder: string;
  /** For what is being read; on the library's disk. */
  readonly workFolder: string;
}

export class ProjectFiles {
  readonly handlers: ProjectFileHandlers;
  private readonly store: Store;
  private readonly events: HostEvents;
  private readonly files: HostFiles;
  private readonly places: FilePlaces;
  private readonly appVersion: string;
  private readonly keepDeletedMs: number;
  private readonly now: () => number;
  private readonly closing: AbortSignal;
  private readonly tasks = new Map<string, AbortController>();
  private waiting: { file: string; name: string }[] = [];
  /** Until all that came before have been read. */
  private reading: Promise<unknown> = Promise.resolve();

  constructor(o: {
    readonly store: Store;
    readonly events: HostEvents;
    readonly files: HostFiles;
    readonly home: string;
    readonly appVersion: string;
    /** After which time what was deleted is purged, in milliseconds. */
    readonly keepDeletedMs: number;
    readonly now: () => number;
    readonly closing: AbortSignal;
  }) {
    this.store = o.store;
    this.events = o.events;
    this.files = o.files;
    this.places = placesOf(o.home);
    this.appVersion = o.appVersion;
    this.keepDeletedMs = o.keepDeletedMs;
    this.now = o.now;
    this.closing = o.closing;
    this.handlers = {
      "projects.export_file": (input) => this.write(input),
      "projects.import_file": (input) => this.read(input),
      "projects.cancel_file": async ({ task_id }) => {
        this.tasks.get(task_id)?.abort();
        return {};
      },
      "projects.waiting_files": async () => {
        const files = this.waiting;
        this.waiting = [];
        return { files };
      },
    };
  }

  /** Asks a window to open this file; the first that comes takes it. */
  open(path: string): void {
    const file = resolve(path);
    if (this.waiting.some((other) => other.file === file)) return;
    this.waiting.push({ file, name: basename(file) });
    this.events.emit("projects.file_waiting", {});
  }

  private async write({ id, task_id, with_data }: Parameters<ProjectFileHandlers["projects.export_file"]>[0]) {
    const { project } = this.store.getProject(id);
    const { path, token } = this.files.offer(projectFileName(project.name));
    const { libraryPath, datasetsFolder } = this.places;
    const written = await this.task(task_id, (watch) =>
      writeInThread(
        {
          libraryPath,
          datasetsFolder,
          projectId: id,
          target: path,
          withData: with_data,
          appVersion: this.appVersion,
          writtenAt: this.now(),
        },
        watch,
      ),
    );
    return {
      download: token,
      file_name: this.files.resolve(token)?.fileName ?? "",
      size_bytes: written.sizeBytes,
      missing: [...written.missing],
    };
  }

  private async read({ file, name, task_id, copy_name }: Parameters<ProjectFileHandlers["projects.import_file"]>[0]) {
    const { path } = this.files.incoming(file);
    const { workFolder, ...places } = this.places;
    const now = this.now();
    const taken = await this.task(task_id, (watch) =>
      this.inTurn(watch.signal, () =>
        readInThread(
          {
            ...places,
            workFolder: join(workFolder, encodeURIComponent(task_id)),
            path,
            fileName: name,
            copyName: copy_name,
            now,
            hiddenAt: now - this.keepDeletedMs + DAY_MS,
          },
          watch,
        ),
      ),
    );
    this.files.forget(file);
    this.events.emit("projects.changed", {});
    for (const group of this.store.listGroups(taken.projectId)) this.events.emit("group.changed", { group });
    return { project: this.store.getProject(taken.projectId).project, missing: [...taken.missing] };
  }

  /** One file after another: of two with the same project, from two windows, the second finds what the first brought. */
  private inTurn<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    const before = this.reading;
    const cancelled = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    const mine = Promise.race([before, cancelled]).then(() => {
      if (signal.aborted) throw new AppError("project_file.cancelled");
      return read();
    });
    this.reading = Promise.allSettled([before, mine]);
    return mine;
  }

  /** An act that is watched and cancelled by its id. @throws AppError app.closing */
  async task<T>(
    id: string,
    act: (watch: { signal: AbortSignal; onProgress: (done: number, total: number) => void }) => Promise<T>,
  ): Promise<T> {
    if (this.closing.aborted) throw new AppError("app.closing");
    const controller = new AbortController();
    this.tasks.set(id, controller);
    try {
      return await act({
        signal: AbortSignal.any([controller.signal, this.closing]),
        onProgress: (done, total) => this.events.emit("projects.file_progress", { task_id: id, done, total }),
      });
    } finally {
      this.tasks.delete(id);
    }
  }
}

export function placesOf(home: string): FilePlaces {
  return { libraryPath: join(home, "library.sqlite"), datasetsFolder: join(home, "datasets"), workFolder: join(home, "uploads") };
}

/** Characters that some file system refuses become underscores. */
export const projectFileName = (name: string): string => `${name.replace(/[^\p{L}\p{N} ._-]/gu, "_").slice(0, 100)}${PROJECT_FILE_ENDING}`;

/** The project files among the arguments of a start. */
export const projectFilesAmong = (args: readonly string[]): string[] =>
  args.filter((arg) => arg.toLowerCase().endsWith(PROJECT_FILE_ENDING) && statSync(arg, { throwIfNoEntry: false })?.isFile() === true);
