/** What the run list and the turned one share: runs under the rows of their groups, and which of these are open. */
import { useCallback, useMemo, useState } from "react";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { useGroups } from "../state/groups.ts";
import { setComparedRuns, useView } from "../state/view.ts";
import { type ListRow, listRows } from "./group-rows.ts";
import type { Sorting } from "./run-columns.ts";

export function useListRows(
  runs: readonly ListedRun[],
  sorting: Sorting,
): { readonly rows: readonly ListRow[]; readonly toggle: (groupId: string) => void } {
  const groups = useGroups((state) => state.groups);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => listRows(runs, groups, unfolded, sorting), [runs, groups, unfolded, sorting]);
  const toggle = useCallback((id: string) => {
    setUnfolded((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
  }, []);
  return { rows, toggle };
}

/** Chooses these, or takes them out. */
export function chooseAll(ids: readonly string[], on: boolean): void {
  const others = useView.getState().comparedRuns.filter((id) => !ids.includes(id));
  setComparedRuns(on ? [...others, ...ids] : others);
}
