/**
 * Under which id each row of a project file comes into the library: its own where nobody here has it, else a new one for every
 * row, so that a project can be had twice. A table `temp.new_ids` holds both, for the statements that copy.
 */
import { randomUUID } from "node:crypto";
import type BetterSqlite3 from "better-sqlite3";
import { type Belonging, idColumnsOf, quoted } from "./belonging.ts";

/** @param renew whether the project's own rows get new ids; data sets keep theirs here */
export function renewIds(database: BetterSqlite3.Database, belonging: Belonging, renew: boolean): void {
  database.exec("CREATE TEMP TABLE new_ids (old TEXT NOT NULL PRIMARY KEY, new TEXT NOT NULL)");
  const put = database.prepare("INSERT OR IGNORE INTO temp.new_ids (old, new) VALUES (?, ?)");
  const ids = idColumnsOf(belonging);
  for (const [tables, fresh] of [
    [belonging.own, renew],
    [belonging.shared, false],
  ] as const)
    for (const { name } of tables.filter((table) => ids.has(`${table.name}.id`)))
      for (const { id } of database.prepare<[], { id: string }>(`SELECT id FROM incoming.${quoted(name)}`).all())
        put.run(id, fresh ? randomUUID() : id);
}

/**
 * Gives statements the function `with_new_ids(text)`: JSON with the ids of here. Called once all ids are settled.
 * @returns whether any id is another one here
 */
export function offerNewIds(database: BetterSqlite3.Database): boolean {
  const changed = database.prepare<[], { old: string; new: string }>("SELECT old, new FROM temp.new_ids WHERE old <> new").all();
  const ids = new Map(changed.map((row) => [row.old, row.new]));
  database.function("with_new_ids", { deterministic: true }, (text: unknown) => (typeof text === "string" ? withNewIds(text, ids) : text));
  return ids.size > 0;
}

/** JSON whose strings are old ids; the same text where there are none. */
function withNewIds(text: string, ids: ReadonlyMap<string, string>): string {
  let found = false;
  const changed = JSON.stringify(JSON.parse(text), (_key, value: unknown) => {
    const here = typeof value === "string" ? ids.get(value) : undefined;
    found ||= here !== undefined;
    return here ?? value;
  });
  return found ? changed : text;
}
