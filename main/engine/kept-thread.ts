/**
 * A thread that answers questions, seen from the host: started by the first one, and ended when nobody has asked for a while. While
 * nobody asks there is none.
 */
import type { Worker } from "node:worker_threads";
import { AppError, type ErrorData } from "../../core/errors.ts";
import { startThread, type Thread } from "./native-work.ts";
import { prepareThreads } from "./source-threads.ts";

/** A panel that is closed and opened again need not wait for the thread to start. */
const IDLE_MS = 60_000;

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What the thread hears of a question; whatever else it is told is a matter of its own. */
export type ToKept<Question> =
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "cancel"; readonly id: number };

export type FromKept<Answer> =
  /** `done`: the thread read much for it that it does not hold, and had better end: its heap gives nothing back while nobody asks. */
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer; readonly done?: boolean }
  | { readonly kind: "progress"; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: "failed"; readonly id: number; readonly error: ErrorData };

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: AskOptions["onProgress"];
}

export class KeptThread {
  private readonly url: URL;
  private readonly name: string;
  private readonly diedCode: string;
  private readonly onEnd: () => void;
  private readonly closing: AbortSignal;
  private thread: Thread | null = null;
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private idle: ReturnType<typeof setTimeout> | null = null;
  private idleMs = IDLE_MS;

  constructor(o: {
    /** Of the trainer's worker, beside which this one's file lies. */
    readonly workerUrl: URL;
    /** `inside` of inside.worker. */
    readonly worker: string;
    /** As tools that look at the process show it. */
    readonly name: string;
    readonly closing: AbortSignal;
    /** Of the error that whoever waits gets when the thread dies; `detail` says of what. */
    readonly diedCode: string;
    /** The thread has ended, and with it all that it was told. */
    readonly onEnd?: () => void;
  }) {
    this.url = new URL(o.workerUrl.href.replace(/trainer(?=\.worker\.[jt]s$)/, o.worker));
    this.name = o.name;
    this.diedCode = o.diedCode;
    this.closing = o.closing;
    this.onEnd = o.onEnd ?? (() => undefined);
    o.closing.addEventListener("abort", () => this.end(new AppError("app.closing")), { once: true });
  }

  get runs(): boolean {
    return this.thread !== null;
  }

  /** @throws AppError app.closing */
  tell(message: object): void {
    this.started().postMessage(message);
  }

  /** @throws AppError what the question fails with, the code of a thread that died, app.closing */
  async ask(question: object, { signal, onProgress }: AskOptions = {}): Promise<unknown> {
    const worker = this.started();
    worker.ref();
    const id = this.nextId++;
    const cancel = (): void => worker.postMessage({ kind: "cancel", id });
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<unknown>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject, onProgress });
        worker.postMessage({ kind: "ask", id, question });
        if (signal?.aborted === true) cancel();
      });
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.rest();
    }
  }

  /** Ends the thread in the middle of whatever it does; what still waits fails with the error. */
  stop(error: AppError): void {
    if (this.thread !== null) this.end(error);
  }

  private started(): Worker {
    if (this.closing.aborted) throw new AppError("app.closing");
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    if (this.thread !== null) return this.thread.worker;
    prepareThreads(this.url);
    const thread = startThread(this.url, this.name);
    const { worker } = thread;
    let detail = "";
    worker.on("message", (message: FromKept<unknown>) => this.take(message));
    worker.on("error", (error) => {
      detail = error instanceof Error ? error.message : String(error);
    });
    worker.on("exit", () => {
      if (this.thread === thread) this.end(new AppError(this.diedCode, { detail }));
    });
    this.thread = thread;
    this.idleMs = IDLE_MS;
    return worker;
  }

  private take(message: FromKept<unknown>): void {
    const waiting = this.waiting.get(message.id);
    if (waiting === undefined) return;
    if (message.kind === "progress") waiting.onProgress?.(message.done, message.total);
    else if (message.kind === "failed") waiting.reject(AppError.fromData(message.error));
    else {
      if (message.done === true) this.idleMs = 0;
      waiting.resolve(message.answer);
    }
  }

  private rest(): void {
    if (this.thread === null || this.idle !== null) return;
    this.thread.worker.unref();
    this.idle = setTimeout(() => this.end(new AppError("app.closing")), this.idleMs);
    this.idle.unref();
  }

  /** What still waits fails with the error. */
  private end(error: AppError): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    const { thread } = this;
    this.thread = null;
    this.onEnd();
    for (const { reject } of this.waiting.values()) reject(error);
    void thread?.end();
  }
}
