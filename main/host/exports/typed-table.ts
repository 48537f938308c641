/** Values that a person typed, and a picture that was drawn or chosen, as a table: read as lines of a file would be. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FittedPipeline } from "../../../core/data/prepared.ts";
import type { Column, PictureColumn, Table } from "../../../core/data/table.ts";
import { columnsToRead } from "../../../core/data/windows.ts";
import { AppError } from "../../../core/errors.ts";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { ColumnDocument } from "../../../core/graph/document.ts";
import type { MethodInput } from "../../../core/protocol/methods.ts";
import { readFileTable } from "../datasets/load-table.ts";
import { makeWorkFolder } from "../datasets/work-folder.ts";

export type Values = Readonly<Record<string, string | null>>;
export type Picture = MethodInput<"runs.try">["picture"];

export const featureColumns = (pipeline: FittedPipeline): ReturnType<typeof columnsToRead> =>
  columnsToRead(pipeline).filter(({ role }) => role === "feature");

/** Names of the columns that are typed: all but pictures. */
export const typedNames = (columns: readonly ColumnDocument[]): string[] =>
  columns.flatMap(({ name, type }) => (type === "picture" ? [] : [name]));

/** @param names of the columns that are typed @throws AppError data.*, run.try_needs_picture, run.try_picture_size */
export async function asTable(
  pipeline: FittedPipeline,
  names: readonly string[],
  lines: readonly Values[],
  picture: Picture,
): Promise<Table> {
  const pictured = featureColumns(pipeline).find(({ type }) => type === "picture");
  const pictures = pictured === undefined ? [] : [pictureColumn(pipeline, pictured.name, picture, lines.length)];
  const typed = names.length === 0 ? { columns: [] } : await typedTable(featureColumns(pipeline), names, lines);
  const columns: Column[] = [...pictures, ...typed.columns];
  return { rowCount: lines.length, rowIds: Uint32Array.from(lines, (_, row) => row), columns };
}

/** @param columns how each is read @param names of the columns, in the order of the lines' cells */
export async function typedTable(columns: FittedPipeline["columns"], names: readonly string[], lines: readonly Values[]): Promise<Table> {
  const folder = await makeWorkFolder("neuroloom-read");
  try {
    const path = join(folder, "values.csv");
    // A line of one empty cell would be no line at all.
    const text = [names, ...lines.map((values) => names.map((name) => values[name] ?? ""))]
      .map((cells) => (cells.length === 1 && cells[0] === "" ? '""' : cells.map(csvCell).join(",")))
      .join("\n");
    await writeFile(path, `${text}\n`);
    return (
      await readFileTable(
        path,
        columns.filter(({ type }) => type !== "picture"),
      )
    ).table;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One picture for all rows. @throws AppError run.try_needs_picture, run.try_picture_size */
function pictureColumn(pipeline: FittedPipeline, name: string, picture: Picture, rows: number): PictureColumn {
  const [height = 0, width = 0, channels = 1] = pipeline.features.find((group) => group.column === name)?.shape ?? [];
  if (picture === null) throw new AppError("run.try_needs_picture", { column: name });
  if ("pixels" in picture) {
    const pixels = Uint8Array.from(Buffer.from(picture.pixels, "base64"));
    const expected = height * width * channels;
    if (pixels.length !== expected) throw new AppError("run.try_picture_size", { expected, received: pixels.length });
    return { kind: "picture", name, shape: [height, width, channels], pixels, places: new Uint32Array(rows) };
  }
  const grey = Buffer.from(picture.grey, "base64");
  if (grey.length !== height * width) throw new AppError("run.try_picture_size", { expected: height * width, received: grey.length });
  const pixels =
    channels === 3 ? Uint8Array.from({ length: grey.length * 3 }, (_, i) => grey[Math.floor(i / 3)] as number) : Uint8Array.from(grey);
  return { kind: "picture", name, shape: [height, width, channels === 3 ? 3 : 1], pixels, places: new Uint32Array(rows) };
}
