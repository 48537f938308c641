/**
 * A stored table that is read from its first row to its last in pieces, as often as is wanted, so that none is too large for memory.
 * A column of words has the same categories in every piece; a word in a column of numbers is refused with its row, as loadTable does.
 */
import type { Column, Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import { notReadable } from "./cell-types.ts";
import { columnId, type Database, type NumberReader } from "./duckdb.ts";
import {
  type ColumnSource,
  expression,
  inDatabase,
  isText,
  isWords,
  makeCategories,
  NOT_READABLE,
  queryStored,
  textOf,
} from "./load-table.ts";
import { fromStored, storedNames } from "./stored-table.ts";

/** Rows of a piece, and characters of its texts, after which it is given. */
const PIECE_ROWS = 16_384;
const PIECE_CHARACTERS = 1 << 22;

export async function storedRowCount(path: string): Promise<number> {
  return queryStored(path, async (database) => Number((await database.rows(`SELECT count(*)::DOUBLE FROM ${fromStored(path)}`))[0]?.[0]));
}

/** Bytes of the texts to learn from, as UTF-8; none is looked for where no column holds texts. */
export async function textBytes(path: string, columns: readonly ColumnDocument[]): Promise<number> {
  const texts = columns.filter(isText);
  if (texts.length === 0) return 0;
  return queryStored(path, async (database) => {
    const names = await storedNames(database, path);
    const ids = texts.flatMap(({ name }) => (names.includes(name) ? [columnId(names.indexOf(name))] : []));
    const sums = ids.map((id) => `coalesce(sum(strlen(${id})), 0)`);
    return Number((await database.rows(`SELECT (${["0", ...sums].join(" + ")})::DOUBLE FROM ${fromStored(path)}`))[0]?.[0]);
  });
}

/**
 * @param columns numbers, dates, words and texts; ignored ones and those that the table lacks are left out
 * @param take    is given one piece after the other, once it is done with the one before; `rowIds` are those of the table
 * @param most    rows of a piece
 */
export async function readPieces(
  path: string,
  columns: readonly ColumnDocument[],
  take: (piece: Table) => void | Promise<void>,
  most = PIECE_ROWS,
): Promise<void> {
  const pieceRows = Math.min(most, PIECE_ROWS);
  await inDatabase(path, undefined, async (database) => {
    const from = fromStored(path);
    const sources = await sourcesOf(database, from, await storedNames(database, path), columns);
    let pieces: Piece = emptyPiece(sources, 0, pieceRows);
    const give = async (): Promise<void> => {
      if (pieces.count > 0) await take(tableOf(sources, pieces));
      pieces = emptyPiece(sources, pieces.first + pieces.count, pieceRows);
    };
    const refuse = async (thrown: unknown): Promise<never> => {
      if (!(thrown instanceof NotReadable)) throw thrown;
      const { code, column, place, row } = thrown;
      const value = (await database.rows(`SELECT ${sources[place]?.id} FROM ${from} LIMIT 1 OFFSET ${row}`))[0]?.[0];
      throw new AppError(code, { column, value: String(value).slice(0, 80), row: row + 1, count: 1 });
    };
    const add = async (vectors: readonly NumberReader[], count: number): Promise<void> => {
      for (let from = 0; from < count; ) {
        if (pieces.count === pieceRows || pieces.characters > PIECE_CHARACTERS) await give();
        const until = Math.min(count, from + pieceRows - pieces.count);
        for (const [place, values] of pieces.values.entries())
          pieces.characters += copyCells(vectors[place] as NumberReader, from, until, values, pieces.count - from);
        pieces.count += until - from;
        from = until;
      }
    };
    const select =
      sources.length === 0 ? "1" : sources.map((source) => (isText(source.document) ? textOf(source) : expression(source))).join(", ");
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
  characters: number;
  readonly values: readonly Cells[];
}

type Cells = Float64Array | Int32Array | (string | null)[];

const emptyPiece = (sources: readonly ColumnSource[], first: number, rows: number): Piece => ({
  first,
  count: 0,
  characters: 0,
  values: sources.map(({ document }) => {
    if (isText(document)) return [];
    return isWords(document) ? new Int32Array(rows) : new Float64Array(rows);
  }),
});

/** Rows from `from` to before `until` of a chunk. @returns characters of texts */
function copyCells(vector: NumberReader, from: number, until: number, cells: Cells, offset: number): number {
  if (!Array.isArray(cells)) {
    for (let row = from; row < until; row++) cells[offset + row] = vector.getItem(row) as number;
    return 0;
  }
  let characters = 0;
  for (let row = from; row < until; row++) {
    const text = vector.getItem(row) as string | null;
    cells[offset + row] = text;
    characters += text?.length ?? 0;
  }
  return characters;
}

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
  const columns = sources.map(({ document, categories }, place): Column => {
    const cells = values[place] as Cells;
    const { name } = document;
    if (Array.isArray(cells)) return { kind: "text", name, values: cells };
    const own = cells.subarray(0, count);
    if (own instanceof Int32Array) return { kind: "category", name, codes: own, categories };
    const bad = own.findIndex((value) => Math.abs(value) === NOT_READABLE);
    if (bad >= 0) throw new NotReadable(notReadable(document), name, place, first + bad);
    return { kind: "number", name, values: own };
  });
  return { rowCount: count, rowIds: Uint32Array.from({ length: count }, (_, row) => first + row), columns };
}
