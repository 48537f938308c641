/** The word for what became of a run. */
import type { Run } from "../../core/protocol/methods.ts";
import type { Translate } from "../ui/texts.ts";

/** One that was ended for a reason that is kept with it was not stopped by a person. */
export function statusWord({ status, error }: Pick<Run, "status" | "error">, t: Translate): string {
  return t(status === "stopped" && error !== null ? "status.ended_early" : `status.${status}`);
}
