/**
 * A training with threads in a page, as docs/engine.md tells it: the page starts a worker for the training and one for each helper
 * thread, and joins them by ports. Waiting is allowed in workers only, and a worker that waits can start no other.
 */
import { type HelperStart, type ProgramMessage, runHelperInPage, type SpawnHelper } from "../../core/index.ts";
import { CONTROL } from "../../core/kernels/wasm/threads/protocol.ts";
import { type TrainedBits, trainedBits } from "./library-networks.ts";

export interface TrainingTask {
  readonly network: string;
  readonly arithmetic: "fast" | "reproducible";
}

export interface SharedTraining {
  readonly bits: TrainedBits;
  /** What the threads did together; a helper that does not come ends the training with an error. */
  readonly jobs: number;
}

interface WorkerScope {
  readonly name?: string;
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}

/** What the script does where it is loaded: in the page nothing, in a worker what its name says. */
export function playRole(scope: WorkerScope): void {
  if (scope.name === "helper") scope.onmessage = ({ ports: [port] }) => void (port === undefined || helpOver(port));
  if (scope.name === "trainer")
    scope.onmessage = ({ data, ports }) => {
      const { network, arithmetic } = data as TrainingTask;
      let control: Int32Array = new Int32Array();
      const over = spawnOver(ports);
      const spawn: SpawnHelper = (start) => {
        control = start.control;
        return over(start);
      };
      const bits = trainedBits(network, arithmetic, { count: ports.length, spawn });
      scope.postMessage({ bits, jobs: control[CONTROL.job] ?? 0 });
    };
}

/** Helpers that run already: the first message tells each which thread it is. */
const spawnOver =
  (ports: readonly MessagePort[]): SpawnHelper =>
  (start) => {
    const port = ports[start.thread - 1];
    port?.postMessage(start);
    return { post: (message) => port?.postMessage(message), terminate: () => port?.close() };
  };

async function helpOver(port: MessagePort): Promise<void> {
  const waiting: unknown[] = [];
  let arrived = (): void => {};
  port.onmessage = ({ data }) => {
    waiting.push(data);
    arrived();
  };
  const receive = async (): Promise<unknown> => {
    while (waiting.length === 0) await new Promise<void>((resolve) => (arrived = resolve));
    return waiting.shift();
  };
  const start = (await receive()) as HelperStart;
  await runHelperInPage(start, () => receive() as Promise<ProgramMessage>);
}

/** In the page: trains in workers made of the same script. */
export async function trainInWorkers(script: string, task: TrainingTask, helpers: number): Promise<SharedTraining> {
  const workerOf = (name: string): Worker => new Worker(script, { type: "module", name });
  const trainer = workerOf("trainer");
  const joined = Array.from({ length: helpers }, () => {
    const { port1, port2 } = new MessageChannel();
    const helper = workerOf("helper");
    helper.postMessage(null, [port2]);
    return { helper, port: port1 };
  });
  try {
    return await new Promise<SharedTraining>((resolve, reject) => {
      trainer.onmessage = ({ data }) => resolve(data as SharedTraining);
      trainer.onerror = ({ message }) => reject(new Error(message));
      for (const { helper } of joined) helper.onerror = ({ message }) => reject(new Error(message));
      trainer.postMessage(
        task,
        joined.map(({ port }) => port),
      );
    });
  } finally {
    trainer.terminate();
    for (const { helper } of joined) helper.terminate();
  }
}
