/** The members of an ensemble, from what is kept of it. */
import { type Ensemble, ensembleSchema } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { Store } from "../../store/store.ts";

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
