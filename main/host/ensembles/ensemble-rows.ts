/** What an ensemble says of rows: its members are asked, brought to the same rows, and combined by its rule. */
import { alignRows } from "../../../core/ensembles/align.ts";
import { combine, stack, stackCrossValidated } from "../../../core/ensembles/combine.ts";
import { type Ensemble, ensembleSchema } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import type { Store } from "../../store/store.ts";

type Part = "training" | "validation" | "test";
/** What one run says of a part, of its first output. */
export type AskMember = (runId: string, part: Part) => Promise<PredictedRows>;

/** Members that hold out other rows have to share this many. */
const FEWEST_COMMON = 10;

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
  const { members, left } = alignRows(
    asked,
    runs.map(({ name }) => name),
  );
  // A row that one member trained on and another did not would flatter the first: only rows that all hold out count.
  const rows = members[0]?.rows ?? 0;
  if (rows < FEWEST_COMMON && left.some((count) => count > 0)) throw new AppError("ensemble.rows_differ", { rows });
  return members;
}

export async function ensembleRows(ask: AskMember, { rule }: Ensemble, runs: readonly Run[], part: Part): Promise<PredictedRows> {
  const members = await alignedMembers(ask, runs, part);
  return combined(ask, rule, runs, members, part);
}

/** On all rows of another data set: each member is asked about them in its own way. */
export async function ensembleRowsOf(
  ask: AskMember,
  askOther: (runId: string) => Promise<PredictedRows>,
  { rule }: Ensemble,
  runs: readonly Run[],
): Promise<PredictedRows> {
  const asked: PredictedRows[] = [];
  for (const { id } of runs) asked.push(await askOther(id));
  const { members } = alignRows(
    asked,
    runs.map(({ name }) => name),
  );
  return combined(ask, rule, runs, members, null);
}

/** @param part null: rows that are none of the run's own */
export async function combined(
  ask: AskMember,
  rule: Ensemble["rule"],
  runs: readonly Run[],
  members: readonly PredictedRows[],
  part: Part | null,
): Promise<PredictedRows> {
  if (rule !== "stacking") return combine(members, rule);
  if (part === "validation") return stackCrossValidated(members);
  return stack(await alignedMembers(ask, runs, "validation"), members);
}
