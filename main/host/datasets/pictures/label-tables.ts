/**
 * Which of the tables among pictures say something of them, and what: a column names pictures, the others are their labels. One table may
 * name all of them, or each a part (train.csv beside test.csv, a table in each folder, labels beside boxes).
 */
import { AppError } from "../../../../core/errors.ts";
import { canonical } from "../decode-file.ts";
import { type DecodedText, decodeWhole } from "../decode-whole.ts";
import { recordsOf, sniffDialect } from "../dialect.ts";
import { refuseAborted } from "../duckdb.ts";
import { encodingOfHead } from "../encoding.ts";
import { Turns } from "../turns.ts";
import { bytesOf, inMegabytes, isPictureName, LARGEST_FILE, type OpenedFile, type PictureFile } from "./picture-files.ts";
import { rowsOfPictures } from "./picture-names.ts";

export interface LabelTable {
  readonly file: string;
  readonly decoded: DecodedText;
  /** Columns beside the one that names pictures. */
  readonly names: readonly string[];
  /** By path of the picture. */
  readonly cells: ReadonlyMap<string, readonly string[]>;
  /** Names in the rows that name no picture. */
  readonly unused: readonly string[];
}

/** As it is opened, where it was: of a large one only the first rows are held. */
export type MaybeTable = PictureFile & Partial<Pick<OpenedFile, "size" | "pieces">>;

/** Enough of a table that is too large to see whether it names pictures. */
const HEAD_BYTES = 1 << 18;
const TABLE = /\.(csv|tsv|txt)$/i;
/** What is to be sent to a competition: its labels stand there to be replaced. */
const SUBMISSION = /submission[^/]*$/i;

/**
 * Those that together name most of the pictures, with or without folder and ending; none where they do not.
 * @throws AppError data.join_picture_ambiguous, data.picture_labels_differ, data.label_table_too_large, data.import_cancelled, those of
 *   decodeWhole
 */
export async function labelTables(
  files: readonly MaybeTable[],
  pictures: readonly string[],
  { encoding, signal }: LabelOptions,
): Promise<readonly LabelTable[]> {
  const turns = new Turns(signal);
  const wanted = await plainNames(pictures, turns);
  const found: Keyed[] = [];
  for (const file of files) {
    if (!TABLE.test(file.name) || SUBMISSION.test(file.name)) continue;
    refuseAborted(signal);
    await refuseTooLarge(file, wanted, turns);
    if (isTooLarge(file)) continue;
    const keyed = await keyedTable(await bytesOf(file), { file: file.name, wanted, turns }, encoding);
    if (keyed !== null) found.push(keyed);
  }
  const most = (named: ReadonlySet<string>): boolean => named.size * 2 > wanted.size;
  const headers = found.map(({ header }) => header);
  const isShared = (header: string | null): boolean => header !== null && headers.indexOf(header) !== headers.lastIndexOf(header);
  const taken = found.filter(({ named, rowsName, explicit, header }) => most(named) || (rowsName && (explicit || isShared(header))));
  const together = new Set<string>();
  for (const { named } of taken) await turns.each(named, (name) => together.add(name));
  if (!most(together)) return [];
  const tables: LabelTable[] = [];
  for (const one of taken) {
    if (one.unreadable !== undefined) throw one.unreadable;
    tables.push(await labelTable(one, pictures, turns));
  }
  return tables;
}

const plainNames = async (pictures: readonly string[], turns: Turns): Promise<ReadonlySet<string>> => {
  const names = new Set<string>();
  await turns.each(pictures, (name) => names.add(plainName(name)));
  return names;
};

export interface LabelOptions {
  /** Of the tables, where the person names it. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const isTooLarge = ({ size = 0 }: MaybeTable): boolean => size > LARGEST_FILE;

/**
 * Whether one of them speaks of pictures, told from its first rows: they name pictures with an ending or a folder, or each another one.
 * A column of ones and zeros names 1.png over and over.
 * @throws AppError data.import_cancelled
 */
export async function someNamePictures(
  files: readonly OpenedFile[],
  pictures: readonly string[],
  { encoding, signal }: LabelOptions,
): Promise<boolean> {
  const turns = new Turns(signal);
  const wanted = await plainNames(pictures, turns);
  for (const { name, pieces } of files) {
    if (!TABLE.test(name) || SUBMISSION.test(name)) continue;
    refuseAborted(signal);
    const head = await headOf(pieces);
    const text = { text: textOfHead(head, encoding), encoding: "utf-8", example: null } as const;
    const keyed = await keyedText(text, { file: name, wanted, turns });
    if (keyed?.rowsName === true && (keyed.explicit || keyed.named.size * 2 > keyed.keys.length)) return true;
  }
  return false;
}

function textOfHead(head: Uint8Array, named: string | undefined): string {
  const found = encodingOfHead(head);
  const encoding = found?.guessed === false ? found.encoding : canonical(named ?? found?.encoding ?? "windows-1252");
  return new TextDecoder(encoding).decode(head);
}

async function headOf(pieces: OpenedFile["pieces"]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let held = 0;
  for await (const piece of pieces()) {
    parts.push(piece);
    held += piece.length;
    if (held >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

/** One that names no picture is none of the labels, however large it is. */
async function refuseTooLarge(file: MaybeTable, wanted: ReadonlySet<string>, turns: Turns): Promise<void> {
  const { name, size = 0, pieces } = file;
  if (!isTooLarge(file) || pieces === undefined) return;
  const head = (await headOf(pieces)).toString("latin1");
  const keyed = await keyedText({ text: head, encoding: "windows-1252", example: null }, { file: name, wanted, turns });
  if (keyed?.rowsName === true)
    throw new AppError("data.label_table_too_large", { file: name, megabytes: inMegabytes(size), most: inMegabytes(LARGEST_FILE) });
}

interface Keyed {
  readonly file: string;
  readonly decoded: DecodedText;
  /** What the encoding has against it. */
  readonly unreadable?: Error;
  readonly names: readonly string[];
  /** Its first line, where that holds names of columns. */
  readonly header: string | null;
  /** What names the picture, a row. */
  readonly keys: readonly string[];
  readonly cells: readonly (readonly string[])[];
  /** Pictures that are named, without folder and ending. */
  readonly named: ReadonlySet<string>;
  /** Whether most of its rows name one. */
  readonly rowsName: boolean;
  /** Whether they do so by a folder or an ending: a bare number may mean anything. */
  readonly explicit: boolean;
}

interface Reading {
  /** Its name. */
  readonly file: string;
  /** Pictures, without folder and ending. */
  readonly wanted: ReadonlySet<string>;
  readonly turns: Turns;
}

/** Of a text that is no such table it does not matter whether it can be read. */
async function keyedTable(bytes: Uint8Array, reading: Reading, encoding: string | undefined): Promise<Keyed | null> {
  const decoded = decodedOrFault(bytes, reading.file, encoding);
  if (!(decoded instanceof Error)) return keyedText(decoded, reading);
  const text = Buffer.from(bytes).toString("latin1");
  const keyed = await keyedText({ text, encoding: "windows-1252", example: null }, reading);
  return keyed === null ? null : { ...keyed, unreadable: decoded };
}

function decodedOrFault(bytes: Uint8Array, file: string, encoding: string | undefined): DecodedText | Error {
  try {
    return decodeWhole(bytes, file, encoding);
  } catch (thrown) {
    if (thrown instanceof Error) return thrown;
    throw thrown;
  }
}

async function keyedText(decoded: DecodedText, { file, wanted, turns }: Reading): Promise<Keyed | null> {
  const { text } = decoded;
  const { delimiter, quote, header, firstLine } = sniffDialect(text.slice(0, HEAD_BYTES), text.length <= HEAD_BYTES);
  if (firstLine.length < 2) return null;
  const body: string[][] = [];
  for (const record of recordsOf(text, true, delimiter, quote)) {
    if (record === null) await turns.next();
    else body.push(record);
  }
  if (header) body.shift();
  const cell = (record: readonly string[], place: number): string => record[place]?.trim() ?? "";
  const nameIn = (key: string): string => plainName(withSlashes(key));
  const columns: { readonly place: number; readonly named: ReadonlySet<string> }[] = [];
  for (const place of firstLine.keys()) {
    const named = new Set<string>();
    await turns.each(body, (record) => {
      const name = nameIn(cell(record, place));
      if (wanted.has(name)) named.add(name);
    });
    columns.push({ place, named });
  }
  const first = columns.find(({ named }) => named.size * 2 > wanted.size);
  const best = first ?? columns.reduce((most, one) => (one.named.size > most.named.size ? one : most));
  if (best.named.size === 0) return null;
  const { place: keyed, named } = best;
  const rest = firstLine.map((_, place) => place).filter((place) => place !== keyed);
  const keys = await turns.map(body, (record) => cell(record, keyed));
  const naming = await turns.filter(keys, (key) => wanted.has(nameIn(key)));
  const explicit = await turns.filter(naming, (key) => isPictureName(key) || hasFolder(key));
  return {
    file,
    decoded,
    names: rest.map((place) => (header ? cell(firstLine, place) : rest.length === 1 ? "label" : `column_${place + 1}`)),
    header: header ? firstLine.join("\n") : null,
    keys,
    cells: await turns.map(body, (record) => rest.map((place) => cell(record, place))),
    named,
    rowsName: naming.length * 2 > keys.length,
    explicit: explicit.length * 2 > naming.length,
  };
}

async function labelTable(keyed: Keyed, pictures: readonly string[], turns: Turns): Promise<LabelTable> {
  const { file, decoded, names, keys } = keyed;
  const paths = await picturesOf(keyed, pictures, turns);
  const { rowOf, unused } = await rowsOfPictures({ names: keys, cells: keyed.cells, table: file }, paths, turns);
  const cells = new Map<string, readonly string[]>();
  await turns.each(rowOf, ([place, row]) => cells.set(paths[place] ?? "", keyed.cells[row] ?? []));
  return { file, decoded, names, cells, unused: unused.map((row) => keys[row] ?? "") };
}

/**
 * Those that a table speaks of: of names without a folder, the pictures in the folder that is called like the table, or that it lies in,
 * where all that it names are there.
 */
async function picturesOf({ file, keys, named }: Keyed, pictures: readonly string[], turns: Turns): Promise<readonly string[]> {
  if ((await turns.filter(keys, hasFolder)).length * 2 > keys.length) return pictures;
  const folder = file.split("/").slice(0, -1);
  for (const scope of [[...folder, plainName(file)], folder]) {
    const within = `${scope.join("/")}/`;
    const inside = await turns.filter(pictures, (path) => path.startsWith(within));
    const stems = await plainNames(inside, turns);
    if (inside.length > 0 && (await turns.filter(named, (name) => !stems.has(name))).length === 0) return inside;
  }
  return pictures;
}

const withSlashes = (name: string): string => name.replaceAll("\\", "/");
const hasFolder = (name: string): boolean => withSlashes(name).includes("/");
const plainName = (name: string): string => (name.split("/").at(-1) ?? name).replace(/\.[^.]+$/, "");
