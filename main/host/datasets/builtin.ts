/**
 * Built-in data sets: generated ones and the files that ship. They go through the same import and storage as a file of
 * the person's own, so nothing else needs to know where a data set came from.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate, readOptions } from "../../../core/data/generators/generator.ts";
import { generatorNamed, generators } from "../../../core/data/generators/generators.ts";
import type { Column, Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import { samples } from "../../../resources/samples/samples.ts";
import { importFile } from "./import-file.ts";
import type { ImportedTable, ImportRequest } from "./import-request.ts";

export interface BuiltinOption {
  name: string;
  default: number;
  min: number;
  max: number;
}

export interface Builtin {
  name: string;
  title: { en: string; zh: string };
  summary: { en: string; zh: string };
  options: BuiltinOption[];
}

/** As `datasets.builtins` of the protocol answers: generated sets first. */
export function listBuiltins(): Builtin[] {
  const described = ({ name, texts }: (typeof generators)[number] | (typeof samples)[number]): Omit<Builtin, "options"> => ({
    name,
    title: { en: texts.en.label, zh: texts.zh.label },
    summary: { en: texts.en.summary, zh: texts.zh.summary },
  });
  return [
    ...generators.map((generator) => ({ ...described(generator), options: generator.options.map((option) => ({ ...option })) })),
    ...samples.map((sample) => ({ ...described(sample), options: [] })),
  ];
}

/** Rows of a sketch: enough to see the shape. */
const SKETCH_ROWS = 1000;

/** The first rows of a generated set. @throws AppError data.unknown_builtin, data.generator_option */
export function sketchBuiltin(name: string, options: Readonly<Record<string, number>>): { columns: string[]; rows: (number | string)[][] } {
  const table = generate(generatorNamed(name), options);
  const plainCell = (column: Column, row: number): number | string =>
    column.kind === "number" ? (column.values[row] as number) : cellOf(column, row);
  return {
    columns: table.columns.map((column) => column.name),
    rows: Array.from({ length: Math.min(table.rowCount, SKETCH_ROWS) }, (_, row) => table.columns.map((column) => plainCell(column, row))),
  };
}

export interface BuiltinRequest {
  readonly name: string;
  readonly options: Readonly<Record<string, number>>;
  /** Where data sets are kept. */
  readonly folder: string;
  /** Where the files that ship are. */
  readonly samplesFolder: string;
  readonly signal?: AbortSignal | undefined;
}

export interface BuiltinTable extends ImportedTable {
  /** All options, defaults filled in: with the name they are the set's source. */
  readonly options: Readonly<Record<string, number>>;
}

/** @throws AppError data.unknown_builtin, data.generator_option */
export async function materialiseBuiltin({ name, options, folder, samplesFolder, signal }: BuiltinRequest): Promise<BuiltinTable> {
  const sample = samples.find((one) => one.name === name);
  const request = (path: string): ImportRequest => ({ path, name, folder, signal });
  if (sample !== undefined) {
    const unknown = Object.keys(options)[0];
    if (unknown !== undefined) throw new AppError("data.generator_option_unknown", { generator: name, option: unknown, known: "–" });
    return { ...(await importFile(request(join(samplesFolder, sample.file)))), options: {} };
  }
  const generator = generatorNamed(name);
  const work = await mkdtemp(join(tmpdir(), "neuroloom-builtin-"));
  try {
    const path = join(work, `${name}.csv`);
    await writeFile(path, csvOf(generate(generator, options)));
    return { ...(await importFile(request(path))), options: readOptions(generator, options) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Numbers are written so that reading them back gives the same bits. */
function csvOf(table: Table): string {
  const lines = [table.columns.map(({ name }) => name).join(",")];
  for (let row = 0; row < table.rowCount; row += 1) lines.push(table.columns.map((column) => cellOf(column, row)).join(","));
  return `${lines.join("\n")}\n`;
}

function cellOf(column: Column, row: number): string {
  if (column.kind === "number") return String(column.values[row]);
  // Generated texts are words and spaces: nothing in them needs quotes.
  if (column.kind === "text") return column.values[row] ?? "";
  if (column.kind !== "category") throw new Error(`a generated set has a column of kind ${column.kind}`);
  return column.categories[column.codes[row] as number] as string;
}
