/** Out-of-fold predictions of a cross-validation in one table: every row once, predicted by the member that never saw it. */
import { writeFileSync } from "node:fs";
import { AppError } from "../../../core/errors.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { RunGroup } from "../../../core/protocol/methods.ts";
import type { HeldOut } from "../../engine/held-out.ts";
import { textOfBytes } from "../../engine/model-bytes.ts";
import type { Store } from "../../store/store.ts";

/** @returns rows written; by time the first stretch is never held out. @throws AppError run.no_out_of_fold */
export async function writeOutOfFold(store: Store, group: RunGroup, path: string): Promise<number> {
  const found: { readonly fold: number; readonly header: HeldOut["header"]; readonly rows: HeldOut["rows"] }[] = [];
  for (const run of store.groupRuns(group.id)) {
    const bytes = await store.loadHeldOut(run.id);
    if (bytes === null) continue;
    const { header, rows } = JSON.parse(textOfBytes(bytes)) as HeldOut;
    found.push({ fold: (run.group_index ?? 0) + 1, header, rows });
  }
  const [first] = found;
  if (first === undefined) throw new AppError("run.no_out_of_fold", { name: group.name });
  const lines = found
    .flatMap(({ fold, rows }) => rows.map(([row, cells]) => ({ row, cells: [String(row), String(fold), ...cells] })))
    .sort((a, b) => a.row - b.row);
  const text = [["row", "fold", ...first.header], ...lines.map(({ cells }) => cells)].map((cells) => `${cells.map(csvCell).join(",")}\n`);
  writeFileSync(path, text.join(""));
  return lines.length;
}
