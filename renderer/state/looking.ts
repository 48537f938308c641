/** Looks into files, and again at columns, that the person may stop: the host ends the work and removes what was made for it. */
import type { MethodInput, MethodName, MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "./host.ts";
import { report } from "./toasts.ts";

type Look = Extract<MethodName, "datasets.look_at_files" | "datasets.look_again">;

/** @throws AppError data.look_cancelled when `signal` is aborted meanwhile */
export async function look<M extends Look>(method: M, asked: MethodInput<M>, signal: AbortSignal): Promise<MethodOutput<M>> {
  const look_id = crypto.randomUUID();
  const cancel = (): void => void host().call("datasets.cancel_look", { look_id }).catch(report);
  signal.addEventListener("abort", cancel);
  try {
    return await host().call(method, { ...asked, look_id });
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
