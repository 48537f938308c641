/** A stored table as a CSV file, cell by cell as it was imported: so that it goes where a file of the person's own goes. */
import { rm } from "node:fs/promises";
import { columnId, literal } from "./duckdb.ts";
import { fileError } from "./file-errors.ts";
import { queryStored } from "./load-table.ts";
import { fromStored, storedNames } from "./stored-table.ts";

/**
 * @param target a file that does not exist; nothing is left of it where the disk is full
 * @param name   of the data set, for messages
 */
export async function writeAsText(path: string, target: string, name: string): Promise<void> {
  try {
    await queryStored(path, async (database) => {
      const names = await storedNames(database, path);
      const cells = names.map((name, place) => `${columnId(place)} AS "${name.replaceAll('"', '""')}"`).join(", ");
      await database.run(
        `COPY (SELECT ${cells} FROM ${fromStored(path)}) TO ${literal(target)} (FORMAT csv, HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"')`,
      );
    });
  } catch (thrown) {
    await rm(target, { force: true });
    throw fileError(thrown, name);
  }
}
