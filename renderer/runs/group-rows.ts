/**
 * The run list with members of a group under one row, which can be opened. The group stands where what its row shows puts it: the mean of
 * a figure, the time of all; by what it shows nothing of, where its first member would. Pure.
 */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { RunGroup } from "../../core/protocol/methods.ts";
import { valuesOf } from "../../core/sweeps/group-figures.ts";
import { summaryOf } from "../../core/sweeps/statistics.ts";
import type { Column, Sorting } from "./run-columns.ts";

export type ListRow =
  | { readonly kind: "run"; readonly run: ListedRun; readonly inGroup: boolean }
  | { readonly kind: "group"; readonly group: RunGroup; readonly runs: readonly ListedRun[]; readonly open: boolean };

/**
 * @param runs    as they are sorted; members keep that order within their group
 * @param sorting by which they are
 */
export function listRows(
  runs: readonly ListedRun[],
  groups: readonly RunGroup[],
  open: ReadonlySet<string>,
  sorting: Sorting | null = null,
): readonly ListRow[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const members = new Map<string, ListedRun[]>();
  for (const run of runs) {
    if (run.group_id === null || !byId.has(run.group_id)) continue;
    const own = members.get(run.group_id);
    if (own === undefined) members.set(run.group_id, [run]);
    else own.push(run);
  }
  const shown = new Set<string>();
  const outer = runs.flatMap((run): readonly ListRow[] => {
    const group = run.group_id === null ? undefined : byId.get(run.group_id);
    if (group === undefined) return [{ kind: "run", run, inGroup: false }];
    if (shown.has(group.id)) return [];
    shown.add(group.id);
    return [{ kind: "group", group, runs: members.get(group.id) ?? [], open: open.has(group.id) }];
  });
  const rows = sorting === null || shown.size === 0 ? outer : byWhatTheyShow(outer, sorting);
  return rows.flatMap((row) =>
    row.kind === "group" && row.open ? [row, ...row.runs.map((run) => ({ kind: "run" as const, run, inGroup: true }))] : [row],
  );
}

/** As they stand where the column says nothing of groups. */
function byWhatTheyShow(rows: readonly ListRow[], { column, descending }: Sorting): readonly ListRow[] {
  const shown = rowValue(column);
  if (shown === null) return rows;
  const keyed = rows.map((row) => ({ row, value: shown(row) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return descending ? b.value - a.value : a.value - b.value;
  });
  return keyed.map(({ row }) => row);
}

function rowValue({ kind, name }: Column): ((row: ListRow) => number | null) | null {
  if (kind === "figure")
    return (row) => (row.kind === "run" ? (row.run.metrics[name] ?? null) : (summaryOf(valuesOf(row.runs, name))?.mean ?? null));
  if (name === "seconds") return (row) => (row.kind === "run" ? row.run.seconds : row.runs.reduce((sum, { seconds }) => sum + seconds, 0));
  if (name === "created") return (row) => (row.kind === "run" ? row.run : row.group).created_at;
  return null;
}

export const idOf = (row: ListRow): string => (row.kind === "run" ? row.run.id : row.group.id);
export const runIdsOf = (row: ListRow): readonly string[] => (row.kind === "run" ? [row.run.id] : row.runs.map(({ id }) => id));
