/** The run that the dialog was opened for; read from the host when it is of another project. */
import type { Run } from "../../core/protocol/methods.ts";
import { useAnswer } from "../state/use-answer.ts";

/** @returns null for none, one without a model, or one still being read */
export function useTrainedRun(id: string | null, own: readonly Run[]): Run | null {
  const known = own.find((run) => run.id === id);
  const { value } = useAnswer("runs.get", id === null || known !== undefined ? null : { id });
  const run = known ?? value?.run;
  return run?.has_model === true ? run : null;
}
