/** The members of an ensemble, and what they say of the rows that all of them have. */
import { alignHeldOut } from "../../../core/ensembles/answer.ts";
import { type Ensemble, ensembleSchema } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { Store } from "../../store/store.ts";

type Part = "training" | "validation" | "test";
/** What one run says of a part, of its first output. */
type AskMember = (runId: string, part: Part) => Promise<PredictedRows>;

/** @throws AppError ensemble.unreadable */
export function ensembleOf(run: Run): Ensemble {
  const read = ensembleSchema.safeParse(run.group_options);
  if (!read.success) throw new AppError("ensemble.unreadable", { name: run.name });
  return read.data;
}

/** @throws AppError ensemble.member_gone when one was deleted */
export function membersOf(store: Store, { members }: Ensemble): Run[] {
  return members.map((id) => {
    try {
      return store.getRun(id);
    } catch (cause) {
      throw new AppError("ensemble.member_gone", {}, { cause });
    }
  });
}

/** Members on the rows of a part that all of them have, in the ensemble's order. */
export async function alignedMembers(ask: AskMember, runs: readonly Run[], part: Part): Promise<readonly PredictedRows[]> {
  const asked: PredictedRows[] = [];
  // One after the other: each takes all threads there are.
  for (const { id } of runs) asked.push(await ask(id, part));
  return alignHeldOut(
    asked,
    runs.map(({ name }) => name),
  );
}
