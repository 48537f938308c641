/** Runs that stopped because what they computed were no numbers any more: which layer was the first. */
import type { SignalFinding } from "../../core/insight/judge-signals.ts";
import type { Run } from "../../core/protocol/methods.ts";

const CODES: ReadonlySet<string> = new Set(["train.not_finite", "train.not_finite_loss", "train.not_finite_weight"]);

export const isNotFinite = (code: string): boolean => CODES.has(code);

/** What is said of the layer on the canvas; null where the run ended otherwise. */
export function brokenLayer(run: Pick<Run, "status" | "error"> | undefined): SignalFinding | null {
  const error = run?.status === "failed" ? run.error : null;
  if (error?.nodeId === undefined || !isNotFinite(error.code)) return null;
  return { nodeId: error.nodeId, fault: "not_finite", value: Number(error.params["step"]), against: 0 };
}
