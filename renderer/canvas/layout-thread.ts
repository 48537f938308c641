/** Automatic layout off the window's thread, that can be given up. */
import type { Positions } from "../../core/layout/layout-types.ts";
import type { LayoutTask } from "./layout.worker.ts";

/** @returns null when it was given up @throws Error when the thread could not be started or failed */
export function laidOut(task: LayoutTask, signal?: AbortSignal): Promise<Positions | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    const end = (): void => {
      worker.terminate();
      signal?.removeEventListener("abort", giveUp);
    };
    const giveUp = (): void => {
      end();
      resolve(null);
    };
    worker.onmessage = ({ data }: MessageEvent<Positions>) => {
      end();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      end();
      reject(new Error(`layout: ${message}`));
    };
    signal?.addEventListener("abort", giveUp);
    if (signal?.aborted === true) giveUp();
    else worker.postMessage(task);
  });
}
