/**
 * What is known of the columns of a stored data set, told anew: an older version told less of them. The cells are stored as they were
 * written, so that the file they came from is not needed.
 */
import { PART_REMARK } from "../../../core/data/propose.ts";
import type { DatasetProfile } from "../../../core/protocol/methods.ts";
import { KEY_REMARK } from "../../../core/schema/column-remarks.ts";
import type { StoredDataset } from "../../store/store.ts";
import { type Database, refuseAborted } from "./duckdb.ts";
import { queryStored } from "./load-table.ts";
import { profileTable } from "./profile.ts";
import { fromStored, storedNames } from "./stored-table.ts";

/** Of what is told of columns; goes up where it becomes more. Kept with how a data set was made. */
export const LOOK = 3;

/** What profile.ts warns of; the rest was said of the file when it was read. */
const OF_COLUMNS = [
  "data.column_lists",
  "data.column_mixed",
  "data.date_ambiguous",
  "data.date_without_year",
  "data.date_year_or_day",
  "data.dates_mixed",
  "data.decimal_mixed",
  "data.decimal_unclear",
  "data.time_or_duration",
];
/** What was known of a column from elsewhere than its cells. */
const GIVEN = [PART_REMARK, KEY_REMARK];

/** A table of the person's own that an older version looked at. Columns of pictures are no cells. */
export function isLookedAtBefore({ profile: { dataset, columns }, source }: StoredDataset): boolean {
  const look = typeof source === "object" && source !== null && "look" in source ? source.look : null;
  return dataset.kind === "file" && look !== LOOK && !columns.some(({ type }) => type === "picture");
}

/** @throws AppError data.import_cancelled */
export async function lookAgain(
  path: string,
  before: DatasetProfile,
  signal?: AbortSignal,
): Promise<Pick<DatasetProfile, "columns" | "warnings">> {
  const given = new Map(before.columns.map(({ name, remarks }) => [name, remarks.filter((remark) => GIVEN.includes(remark))]));
  const tell = async (database: Database): ReturnType<typeof lookAgain> => {
    const names = await storedNames(database, path);
    await database.run(`CREATE VIEW source AS FROM ${fromStored(path, "rowid")}`);
    const { columns, warnings } = await profileTable(database, names, before.dataset.row_count);
    refuseAborted(signal);
    return {
      columns: columns.map((column) => ({ ...column, remarks: [...column.remarks, ...(given.get(column.name) ?? [])] })),
      warnings: [...before.warnings.filter(({ code }) => !OF_COLUMNS.includes(code)), ...warnings],
    };
  };
  return queryStored(path, tell, signal);
}
