/** A second table joined by key: its columns beside those of the first. Rows that it does not know stay, with nothing in them. */
import { AppError } from "../../../../core/errors.ts";
import { trimmed } from "../cell-types.ts";
import { columnId, type Database } from "../duckdb.ts";
import { type Joined, type Joining, SHOWN_NAMES, shownNames } from "./join-pictures.ts";
import type { ReadPart } from "./read-part.ts";
import { freeColumnName, noKey } from "./request.ts";

type Read = (file: { readonly path: string; readonly name: string }) => Promise<ReadPart>;

/** Makes `source`: the columns of the table, then those of the partner but its key. */
export async function joinTable({ database, partner, key, names, file, strict }: Joining, read: Read): Promise<Joined> {
  const second = await read(partner);
  const partnerKey = partner.partnerKey ?? partner.key;
  const place = second.names.indexOf(partnerKey);
  if (place < 0) throw noKey(partner.name, partnerKey, second.names);
  await database.run("ALTER TABLE source RENAME TO partner");
  const own = trimmed(`main_rows.${columnId(key)}`);
  const other = trimmed(`partner.${columnId(place)}`);
  const [repeated] = await database.rows(
    `SELECT ${other}, count(*)::INTEGER FROM partner WHERE ${other} <> '' GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 1`,
  );
  if (repeated !== undefined)
    throw new AppError("data.join_key_repeated", {
      file: partner.name,
      column: partnerKey,
      value: String(repeated[0]).slice(0, 80),
      count: Number(repeated[1]),
    });
  const without = `FROM main_rows ANTI JOIN partner ON ${own} = ${other}`;
  const lost = await countOf(database, without);
  const missing = await firstOf(database, own, `${without} WHERE ${own} <> ''`);
  const rowCount = await countOf(database, "FROM main_rows");
  if (lost === rowCount) {
    const [example] = await database.rows(`SELECT ${other} FROM partner LIMIT 1`);
    const value = (missing[0] ?? "").slice(0, 80);
    const name = String(example?.[0] ?? "").slice(0, 80);
    throw new AppError("data.join_nothing_matches", { file, column: partner.key, partner: partner.name, value, name });
  }
  const params = { file, column: partner.key, partner: partner.name, count: lost, names: shownNames(missing) };
  if (lost > 0 && strict) throw new AppError("data.join_partner_missing", params);
  const unnamed = `FROM partner ANTI JOIN main_rows ON ${own} = ${other} WHERE ${other} <> ''`;
  const unused = await countOf(database, unnamed);
  const unusedNames = await firstOf(database, other, unnamed);
  const taken = [...names];
  const added = second.names.flatMap((name, column) => {
    if (column === place) return [];
    taken.push(freeColumnName(name, taken));
    return [column];
  });
  const cells = [
    ...names.map((_, column) => `main_rows.${columnId(column)} AS ${columnId(column)}`),
    ...added.map((column, position) => `partner.${columnId(column)} AS ${columnId(names.length + position)}`),
  ];
  await database.run(
    `CREATE TABLE source AS SELECT ${cells.join(", ")} FROM main_rows LEFT JOIN partner ON ${own} = ${other} ORDER BY main_rows.rowid`,
  );
  await database.run("DROP TABLE main_rows");
  await database.run("DROP TABLE partner");
  return {
    names: taken,
    rowCount,
    sha256: second.sha256,
    sizeBytes: second.fileBytes,
    warnings: [
      ...second.warnings,
      ...(lost === 0 ? [] : [{ code: "data.join_unmatched_rows", params }]),
      ...(unused === 0
        ? []
        : [{ code: "data.join_unused", params: { partner: partner.name, count: unused, names: shownNames(unusedNames) } }]),
    ],
    pictures: null,
  };
}

const countOf = async (database: Database, from: string): Promise<number> =>
  Number((await database.rows(`SELECT count(*)::INTEGER ${from}`))[0]?.[0]);

/** As many different values as are shown, and one more where there is: two tables that share nothing have millions. */
const firstOf = async (database: Database, value: string, from: string): Promise<string[]> =>
  (await database.rows(`SELECT DISTINCT ${value} ${from} ORDER BY 1 LIMIT ${SHOWN_NAMES + 1}`)).map(([first]) => String(first));
