/** Out-of-fold predictions of a cross-validation in one table: every row once, predicted by the member that never saw it. */
import { writeFileSync } from "node:fs";
import { AppError } from "../../../core/errors.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { RunGroup } from "../../../core/protocol/methods.ts";
import type { HeldOut } from "../../engine/held-out.ts";
import type { Store } from "../../store/store.ts";

/** @returns rows written; by time the first stretch is never held out. @throws AppError run.no_out_of_fold */
export function writeOutOfFold(store: Store, group: RunGroup, path: string): number {
  const found = store.groupRuns(group.id).flatMap((run) => {
    const bytes = store.loadHeldOut(run.id);
    if (bytes === null) return [];
    const { header, rows } = JSON.parse(new TextDecoder().decode(bytes)) as HeldOut;
    return [{ fold: (run.group_index ?? 0) + 1, header, rows }];
  });
  const [first] = found;
  if (first === undefined) throw new AppError("run.no_out_of_fold", { name: group.name });
  const lines = found
    .flatMap(({ fold, rows }) => rows.map(([row, cells]) => ({ row, cells: [String(row), String(fold), ...cells] })))
    .sort((a, b) => a.row - b.row);
  const text = [["row", "fold", ...first.header], ...lines.map(({ cells }) => cells)].map((cells) => `${cells.map(csvCell).join(",")}\n`);
  writeFileSync(path, text.join(""));
  return lines.length;
}
