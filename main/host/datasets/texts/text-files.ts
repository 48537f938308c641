/**
 * Texts in files of their own as one table of `text` and `label`: a folder with a folder of .txt files for each class, or pairs of files
 * whose ending is the class and whose lines are the texts (reviews.pos, reviews.neg). It is written as CSV and read as any other table.
 */
import { createWriteStream } from "node:fs";
import { lstat, readdir, readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../../../core/errors.ts";
import { compareCodePoints } from "../../../../core/steps/order.ts";
import { encodingOfHead } from "../encoding.ts";

/** A text that is longer is no document. */
const LARGEST_TEXT_BYTES = 16 << 20;
const LINE_CLASSES = [".pos", ".neg"] as const;

interface Source {
  readonly file: string;
  readonly label: string;
  /** Every line is a text, not the whole file. */
  readonly lines: boolean;
}

/**
 * @param path   a folder, or one of two files that belong together
 * @param target of the table; its folder exists
 * @returns whether the path is such texts; nothing is written where it is not
 * @throws AppError data.text_too_long, data.one_class_of_texts
 */
export async function writeTextFiles(path: string, target: string, signal?: AbortSignal): Promise<boolean> {
  const sources = await sourcesOf(path);
  if (sources === null) return false;
  const labels = new Set(sources.map(({ label }) => label));
  if (labels.size < 2) throw new AppError("data.one_class_of_texts", { file: basename(path), label: [...labels].join() });
  async function* rows(): AsyncGenerator<string, void, void> {
    yield "file,text,label\n";
    for (const { file, label, lines } of sources ?? []) {
      signal?.throwIfAborted();
      const text = await readWhole(file);
      const texts = lines ? text.split(/\r?\n/).filter((line) => line.trim() !== "") : [text.trim()];
      for (const [line, one] of texts.entries())
        yield `${[lines ? `${basename(file)}:${line + 1}` : `${label}/${basename(file)}`, one.replaceAll(/\s+/g, " "), label].map(cell).join(",")}\n`;
    }
  }
  await pipeline(Readable.from(rows()), createWriteStream(target));
  return true;
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

async function readWhole(file: string): Promise<string> {
  const { size } = await lstat(file);
  if (size > LARGEST_TEXT_BYTES) throw new AppError("data.text_too_long", { file: basename(file), megabytes: LARGEST_TEXT_BYTES >> 20 });
  const bytes = await readFile(file);
  const found = encodingOfHead(bytes);
  if (found === null) throw new AppError("data.encoding_unknown", { file: basename(file) });
  return new TextDecoder(found.encoding).decode(bytes);
}

async function sourcesOf(path: string): Promise<Source[] | null> {
  if ((await lstat(path)).isDirectory()) return (await classFolders(path)) ?? (await linePair(path));
  return LINE_CLASSES.some((ending) => extname(path).toLowerCase() === ending)
    ? linePair(dirname(path), basename(path, extname(path)))
    : null;
}

/** A folder whose folders hold .txt files; links and anything that begins with a dot are left alone. */
async function classFolders(path: string): Promise<Source[] | null> {
  const found: Source[] = [];
  for (const entry of await sorted(path)) {
    if (!entry.isDirectory()) continue;
    for (const file of await sorted(join(path, entry.name)))
      if (file.isFile() && extname(file.name).toLowerCase() === ".txt")
        found.push({ file: join(path, entry.name, file.name), label: entry.name, lines: false });
  }
  return found.length === 0 ? null : found;
}

/** Files that are named alike but for their ending. @param stem of their names; any where there is none */
async function linePair(folder: string, stem?: string): Promise<Source[] | null> {
  const files = (await sorted(folder)).filter(
    (file) =>
      file.isFile() &&
      LINE_CLASSES.some((ending) => extname(file.name).toLowerCase() === ending) &&
      (stem === undefined || basename(file.name, extname(file.name)) === stem),
  );
  if (files.length === 0) return null;
  return files.map(({ name }) => ({ file: join(folder, name), label: extname(name).slice(1).toLowerCase(), lines: true }));
}

async function sorted(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !name.startsWith(".")).sort((a, b) => compareCodePoints(a.name, b.name));
}
