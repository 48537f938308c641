/**
 * What an entry (window, browser, command line, test) gets when it opens the host: the handlers of the contract, its events,
 * and the two things that do not travel as messages, files that come in and files that go out. host.ts implements it.
 */
import type { HostHandlers } from "../../core/protocol/host.ts";
import type { EventName, EventPayload } from "../../core/protocol/methods.ts";

export type HostEventListener = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

export interface DownloadFile {
  readonly path: string;
  /** Name to save it under, as people see it. */
  readonly fileName: string;
}

export interface Host {
  readonly handlers: HostHandlers;
  /** @returns a function that ends the subscription */
  onEvent(listener: HostEventListener): () => void;
  readonly downloads: {
    /** @returns null for a token that was never given out or has expired */
    resolve(token: string): DownloadFile | null;
  };
  readonly uploads: {
    /** Folder inside the home where uploads are written before they are registered. */
    readonly folder: string;
    /** @returns the token that `datasets.import` and `models.import` take as `file` */
    register(path: string, name: string): string;
  };
  /** Stops what runs, after a checkpoint when asked for one, and closes the store. */
  shutdown(o: { readonly checkpoint: boolean }): Promise<void>;
  hasRunningRuns(): boolean;
  /** Asks a window to open this project file, now or when the first comes. */
  openFile(path: string): void;
}

export interface OpenHostOptions {
  readonly home: string;
  readonly entry: "electron" | "loopback" | "test";
  readonly workerUrl: URL;
  /** Whether runs and groups that a dead process left waiting go on here; left out: in a window, not from the command line. */
  readonly takeOverQueue?: boolean;
}

export type OpenHost = (o: OpenHostOptions) => Promise<Host>;
