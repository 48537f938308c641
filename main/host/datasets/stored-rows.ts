/**
 * A stored table that is read from its first row to its last in pieces, as often as is wanted, so that none is too large for memory.
 * A column of words has the same categories in every piece; a word in a column of numbers is refused with its row, as loadTable does.
 */
import type { Column, Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { columnId, type Database, type NumberReader } from "./duckdb.ts";
import { type ColumnSource, expression, inDatabase, isWords, makeCategories, NOT_READABLE, queryStored } from "./load-table.ts";
import { fromStored, storedNames } from "./stored-table.ts";

/** Rows of a piece. */
const PIECE_ROWS = 16_384;

export async function storedRowCount(path: string): Promise<number> {
  return queryStored(path, async (database) => Number((await database.rows(`SELECT count(*)::DOUBLE FROM ${fromStored(path)}`))[0]?.[0]));
}

/**
 * @param columns numbers, dates and words; ignored ones and those that the table lacks are left out
 * @param take    is given one piece after the other; `rowIds` are those of the table
 */
export async function readPieces(path: string, columns: readonly ColumnDocument[], take: (piece: Table) => void): Promise<void> {
  await inDatabase(path, undefined, async (database) => {
    const from = fromStored(path);
    const sources = await sourcesOf(database, from, await storedNames(database, path), columns);
    let pieces: Piece = emptyPiece(sources, 0);
    const give = (): void => {
      if (pieces.count > 0) take(tableOf(sources, pieces));
      pieces = emptyPiece(sources, pieces.first + pieces.count);
    };
    const refuse = async (thrown: unknown): Promise<never> => {
      if (!(thrown instanceof NotReadable)) throw thrown;
      const { code, column, place, row } = thrown;
      const value = (await database.rows(`SELECT ${sources[place]?.id} FROM ${from} LIMIT 1 OFFSET ${row}`))[0]?.[0];
      throw new AppError(code, { column, value: String(value).slice(0, 80), row: row + 1, count: 1 });
    };
    const select = sources.length === 0 ? "1" : sources.map(expression).join(", ");
    const add = (vectors: readonly NumberReader[], count: number): void => {
      if (pieces.count + count > PIECE_ROWS) give();
      for (const [place, values] of pieces.values.entries()) {
        const vector = vectors[place] as NumberReader;
        for (let row = 0; row < count; row++) values[pieces.count + row] = vector.getItem(row) as number;
      }
      pieces.count += count;
    };
    await database.numberChunks(`SELECT ${select} FROM ${from}`, add, "streamed").then(give).catch(refuse);
  });
}

/** A cell that is neither missing nor what its column holds: its value is looked up. */
class NotReadable extends Error {
  readonly code: string;
  readonly column: string;
  readonly place: number;
  readonly row: number;
  constructor(code: string, column: string, place: number, row: number) {
    super(code);
    this.code = code;
    this.column = column;
    this.place = place;
    this.row = row;
  }
}

interface Piece {
  /** Row of the table at which it begins. */
  readonly first: number;
  count: number;
  readonly values: readonly (Float64Array | Int32Array)[];
}

const emptyPiece = (sources: readonly ColumnSource[], first: number): Piece => ({
  first,
  count: 0,
  values: sources.map(({ document }) => (isWords(document) ? new Int32Array(PIECE_ROWS) : new Float64Array(PIECE_ROWS))),
});

async function sourcesOf(
  database: Database,
  from: string,
  names: readonly string[],
  columns: readonly ColumnDocument[],
): Promise<ColumnSource[]> {
  const places = new Map(names.map((name, place) => [name, place]));
  const found = columns
    .filter(({ name, role }) => role !== "ignored" && places.has(name))
    .map((document) => ({ document, id: columnId(places.get(document.name) as number) }));
  const categories = await makeCategories(
    database,
    from,
    found.filter(({ document }) => isWords(document)),
  );
  return found.map((source) => ({ ...source, categories: categories.get(source.id) ?? [] }));
}

function tableOf(sources: readonly ColumnSource[], { first, count, values }: Piece): Table {
  const columns = sources.map(({ document: { name, type }, categories }, place): Column => {
    const own = (values[place] as Float64Array | Int32Array).subarray(0, count);
    if (own instanceof Int32Array) return { kind: "category", name, codes: own, categories };
    const bad = own.findIndex((value) => Math.abs(value) === NOT_READABLE);
    if (bad >= 0) throw new NotReadable(type === "date" ? "data.not_a_date" : "data.not_a_number", name, place, first + bad);
    return { kind: "number", name, values: own };
  });
  return { rowCount: count, rowIds: Uint32Array.from({ length: count }, (_, row) => first + row), columns };
}
