/** The word for what became of a run. */
import { RUN_STATUSES } from "../../core/protocol/contract/runs.ts";
import type { Run } from "../../core/protocol/methods.ts";
import type { Translate } from "../ui/texts.ts";

export const STATUS_WORDS = [...RUN_STATUSES, "ended_early", "waits_for_room"] as const;
type StatusWord = (typeof STATUS_WORDS)[number];

/** One that was ended for a reason that is kept with it was not stopped by a person, and one that a full disk holds up not paused by one. */
export function wordOfStatus({ status, error }: Pick<Run, "status" | "error">): StatusWord {
  if (status === "paused" && error?.code === "store.disk_full") return "waits_for_room";
  return status === "stopped" && error !== null ? "ended_early" : status;
}

export const statusWord = (run: Pick<Run, "status" | "error">, t: Translate): string => t(`status.${wordOfStatus(run)}`);
