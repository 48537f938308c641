/** A table with what belongs to it becomes one stored data set, as any other table does (import-file.ts makes folder and clean-up). */
import { join } from "node:path";
import { PART_REMARK } from "../../../../core/data/propose.ts";
import type { ColumnProfile } from "../../../../core/protocol/methods.ts";
import { KEY_REMARK } from "../../../../core/schema/column-remarks.ts";
import { keepFile } from "../../../store/kept-file.ts";
import { openDatabase, refuseAborted } from "../duckdb.ts";
import type { ImportedTable, ImportRequest } from "../import-request.ts";
import { pictureProfile } from "../pictures/import-pictures.ts";
import { profileTable } from "../profile.ts";
import { writeStoredTable } from "../stored-table.ts";
import { type JoinedSource, readJoinedSource } from "./joined-source.ts";

export async function importJoined(work: string, request: ImportRequest): Promise<ImportedTable> {
  const { name, folder, signal, onProgress } = request;
  let rows = 0;
  let total = 0;
  const report = (stage: "reading" | "profiling" | "storing", bytes: number): void =>
    onProgress?.({ stage, rows, bytes, totalBytes: total });
  const database = await openDatabase(join(work, "spill"), signal);
  try {
    const joined = await readJoinedSource(database, work, {
      ...request,
      strict: false,
      onBytes: (bytes, totalBytes) => {
        total = totalBytes;
        report("reading", bytes);
      },
      onUnpacking: (bytes, totalBytes) => onProgress?.({ stage: "unpacking", rows: 0, bytes, totalBytes }),
    });
    rows = joined.rowCount;
    total = joined.sizeBytes;
    report("profiling", total);
    const profile = await profileTable(database, joined.names, joined.rowCount);
    report("storing", total);
    const { fingerprint, pictures } = joined;
    const stored = join(work, "table.parquet");
    await writeStoredTable(database, stored, joined.names);
    refuseAborted(signal);
    const target = join(folder, `${fingerprint}.parquet`);
    if (pictures !== null) await keepFile(pictures.pixels.path, join(folder, `${fingerprint}.pictures`));
    await keepFile(stored, target);
    const keys = new Set(request.partners?.map(({ key }) => key));
    const picture = pictures === null ? null : joined.names[0];
    return {
      name,
      path: target,
      rowCount: joined.rowCount,
      columnCount: joined.names.length,
      sizeBytes: joined.sizeBytes,
      fingerprint,
      encoding: joined.encoding,
      ...(joined.sheet === undefined ? {} : { sheet: joined.sheet }),
      columns: profile.columns.map((column) => described(column, joined, keys)),
      warnings: [...joined.warnings, ...profile.warnings.filter(({ params }) => params["column"] !== picture)],
    };
  } finally {
    database.close();
  }
}

function described(column: ColumnProfile, { pictures, names, partColumn }: JoinedSource, keys: ReadonlySet<string>): ColumnProfile {
  if (pictures !== null && column.name === names[0]) return pictureProfile(pictures.rows.length, pictures.pixels.shape, column.name);
  const remark = column.name === partColumn ? PART_REMARK : keys.has(column.name) ? KEY_REMARK : null;
  return remark === null ? column : { ...column, remarks: [...column.remarks, remark] };
}
