/** The run list with members of a group under one row: the group stands where its best-placed member would, and can be opened. Pure. */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { RunGroup } from "../../core/protocol/methods.ts";

export type ListRow =
  | { readonly kind: "run"; readonly run: ListedRun; readonly inGroup: boolean }
  | { readonly kind: "group"; readonly group: RunGroup; readonly runs: readonly ListedRun[]; readonly open: boolean };

/** @param runs as they are sorted; members keep that order within their group */
export function listRows(runs: readonly ListedRun[], groups: readonly RunGroup[], open: ReadonlySet<string>): readonly ListRow[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const members = new Map<string, ListedRun[]>();
  for (const run of runs) {
    if (run.group_id === null || !byId.has(run.group_id)) continue;
    const own = members.get(run.group_id);
    if (own === undefined) members.set(run.group_id, [run]);
    else own.push(run);
  }
  const shown = new Set<string>();
  return runs.flatMap((run): readonly ListRow[] => {
    const group = run.group_id === null ? undefined : byId.get(run.group_id);
    if (group === undefined) return [{ kind: "run", run, inGroup: false }];
    if (shown.has(group.id)) return [];
    shown.add(group.id);
    const own = members.get(group.id) ?? [];
    const isOpen = open.has(group.id);
    return [
      { kind: "group", group, runs: own, open: isOpen },
      ...(isOpen ? own.map((member) => ({ kind: "run" as const, run: member, inGroup: true })) : []),
    ];
  });
}

export const idOf = (row: ListRow): string => (row.kind === "run" ? row.run.id : row.group.id);
export const runIdsOf = (row: ListRow): readonly string[] => (row.kind === "run" ? [row.run.id] : row.runs.map(({ id }) => id));
