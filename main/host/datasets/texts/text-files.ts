/**
 * Texts in files of their own as one table of `text` and `label`: a folder (or archive) with a folder of .txt files for each class, or
 * pairs of files whose ending is the class and whose lines are the texts (reviews.pos, reviews.neg). It is written as CSV and read as
 * any other table.
 */
import { createWriteStream } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError, type ErrorData } from "../../../../core/errors.ts";
import { type DecodedText, decodeWhole } from "../decode-whole.ts";
import { refuseAborted } from "../duckdb.ts";
import { type FolderParts, folderParts, PART_COLUMN, partsWarning } from "../folder-parts.ts";
import { openFiles } from "../pictures/open-files.ts";
import { bytesOf, inOrder, isPictureName, isTableName, type PictureFile } from "../pictures/picture-files.ts";

/** A text that is longer is no document. */
const LARGEST_TEXT_BYTES = 16 << 20;
const LINE_CLASSES = [".pos", ".neg"] as const;

interface Source {
  readonly file: PictureFile;
  readonly label: string;
  /** Of the split, where the folders say it. */
  readonly part?: string;
  /** Every line is a text, not the whole file. */
  readonly lines: boolean;
}

export interface WrittenTexts {
  /** Null where the folders are no parts of a split. */
  readonly parts: FolderParts | null;
  /** As what they were read: what was guessed, where some of them were. */
  readonly encoding: string;
  readonly warnings: readonly ErrorData[];
}

export interface TextOptions {
  /** Of all the files, where the person names it. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where only the first rows are wanted. */
  readonly mostRows?: number | undefined;
}

/**
 * @param path   a folder, an archive, or one of two files that belong together
 * @param name   what the person calls it
 * @param target of the table; its folder exists
 * @returns null, with nothing written, where the path is no such texts
 * @throws AppError data.text_too_long, data.one_class_of_texts, data.folders_parts_only, data.import_cancelled, those of decodeWhole
 */
export async function writeTextFiles(path: string, name: string, target: string, options: TextOptions = {}): Promise<WrittenTexts | null> {
  const { signal } = options;
  const opened = isLineClass(path) ? await pairBeside(path) : await openFiles(path, name, signal);
  if (opened === null) return null;
  try {
    const { sources, parts } = sourcesOf(opened.files);
    if (sources.length === 0) return null;
    if (parts?.classOf === null) throw AppError.fromData(partsWarning(parts, name, false));
    const labels = new Set(sources.map(({ label }) => label));
    // Notes on tables that lie beside them are no texts to learn from.
    if (labels.size < 2 && opened.files.some(({ name }) => isTableName(name) && !isHidden(name) && !/\.txt$/i.test(name))) return null;
    if (labels.size < 2) throw new AppError("data.one_class_of_texts", { file: name, label: [...labels].join() });
    const read = new Map<string, EncodingSeen>();
    await pipeline(Readable.from(rowsOf(sources, options, read)), createWriteStream(target));
    const seen = [...read.values()];
    const first = seen.find(({ example }) => example !== null) ?? seen[0];
    return { parts, encoding: first?.encoding ?? "utf-8", warnings: seen.flatMap((one) => guessesWarning(one, name)) };
  } finally {
    opened.close();
  }
}

/** Files of one encoding. */
interface EncodingSeen extends Pick<DecodedText, "encoding" | "example"> {
  /** The first of them. */
  readonly file: string;
  count: number;
}

function guessesWarning({ encoding, example, file: first, count }: EncodingSeen, file: string): ErrorData[] {
  return example === null ? [] : [{ code: "data.texts_encoding_guessed", params: { file, count, encoding, first, example } }];
}

/** @param seen is filled with the encodings of the files, by whether they were guessed */
async function* rowsOf(
  sources: readonly Source[],
  { encoding, signal, mostRows = Number.POSITIVE_INFINITY }: TextOptions,
  seen: Map<string, EncodingSeen>,
): AsyncGenerator<string, void, void> {
  const hasParts = sources.some(({ part }) => part !== undefined);
  let left = mostRows;
  yield hasParts ? `file,text,label,${PART_COLUMN}\n` : "file,text,label\n";
  for (const { file, label, lines, part } of sources) {
    const said = part === undefined ? [] : [part];
    const name = [...said, label, basename(file.name)].filter((folder) => folder !== "").join("/");
    refuseAborted(signal);
    if (left <= 0) return;
    const decoded = await readWhole(file, encoding);
    const { text } = decoded;
    const kind = `${decoded.encoding} ${decoded.example === null}`;
    const known = seen.get(kind);
    if (known === undefined) seen.set(kind, { encoding: decoded.encoding, example: decoded.example, file: file.name, count: 1 });
    else known.count += 1;
    const texts = lines ? text.split(/\r?\n/).filter((line) => line.trim() !== "") : [text.trim()];
    left -= texts.length;
    for (const [line, one] of texts.entries())
      yield `${[lines ? `${basename(file.name)}:${line + 1}` : name, one.replaceAll(/\s+/g, " "), label, ...said].map(cell).join(",")}\n`;
  }
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

async function readWhole(file: PictureFile, encoding: string | undefined): Promise<DecodedText> {
  const bytes = await bytesOf(file);
  if (bytes.length > LARGEST_TEXT_BYTES) throw new AppError("data.text_too_long", { file: file.name, megabytes: LARGEST_TEXT_BYTES >> 20 });
  return decodeWhole(bytes, file.name, encoding);
}

const isLineClass = (name: string): boolean => LINE_CLASSES.some((ending) => extname(name).toLowerCase() === ending);
/** What begins with a dot, or was left by a Mac beside the files of an archive, is none of the person's. */
const isHidden = (name: string): boolean => name.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");

interface Sources {
  readonly sources: readonly Source[];
  readonly parts: FolderParts | null;
}

/** Empty where there are pictures, or neither kind of texts. */
function sourcesOf(files: readonly PictureFile[]): Sources {
  const shown = files.filter(({ name }) => !isHidden(name));
  if (shown.some(({ name }) => isPictureName(name))) return { sources: [], parts: null };
  const classes = classFolders(shown);
  if (classes.sources.length > 0) return classes;
  return { sources: shown.filter(({ name }) => isLineClass(name)).map(sourceOfLines), parts: null };
}

const sourceOfLines = (file: PictureFile): Source => ({ file, label: extname(file.name).slice(1).toLowerCase(), lines: true });

/** The innermost folders that hold .txt files are the classes, unless they are parts of a split: what lies above them is a note on the set. */
function classFolders(files: readonly PictureFile[]): Sources {
  const texts = files.filter(({ name }) => extname(name).toLowerCase() === ".txt" && name.includes("/"));
  const folders = new Set(texts.map(({ name }) => dirname(name)));
  const above = new Set([...folders].flatMap((folder) => parentsOf(folder)));
  const inner = texts.filter(({ name }) => !above.has(dirname(name)));
  const parts = folderParts(inner.map(({ name }) => name));
  const sources = inner.map((file): Source => {
    if (parts === null) return { file, label: basename(dirname(file.name)), lines: false };
    return { file, label: parts.classOf?.(file.name) ?? "", part: parts.partOf(file.name), lines: false };
  });
  return { sources, parts };
}

function parentsOf(folder: string): string[] {
  const parts = folder.split("/");
  return parts.slice(1).map((_, count) => parts.slice(0, count + 1).join("/"));
}

/** Files beside one of them that are named alike but for their ending. */
async function pairBeside(path: string): Promise<{ readonly files: readonly PictureFile[]; readonly close: () => void } | null> {
  if ((await lstat(path)).isDirectory()) return null;
  const folder = dirname(path);
  const stem = basename(path, extname(path));
  const names = (await readdir(folder)).filter((name) => isLineClass(name) && basename(name, extname(name)) === stem);
  const files = names.map((name): PictureFile => ({ name, bytes: () => readFile(join(folder, name)) }));
  return { files: inOrder(files), close: () => {} };
}
