/** A row that a person typed or drew, to be looked at: which columns it has, and its table, read as a line of a file would be. */
import type { FittedPipeline } from "../../../core/data/prepared.ts";
import type { Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import type { MethodInput, MethodOutput } from "../../../core/protocol/methods.ts";
import { asTable, featureColumns } from "../exports/typed-table.ts";

export type GivenRow = NonNullable<MethodInput<"inside.look">["given"]>;

/** A step of a series and a node of a graph are nothing without the rows around them. */
const hasSingleRows = ({ window, graph }: FittedPipeline): boolean => window === undefined && graph === undefined;

/** Null where a row needs others around it. */
export function givenForm(pipeline: FittedPipeline): MethodOutput<"inside.views">["form"] {
  if (!hasSingleRows(pipeline)) return null;
  const shapes = new Map(pipeline.features.map(({ column, shape }) => [column, shape]));
  return featureColumns(pipeline).map(({ name, type }) => {
    const shape = shapes.get(name);
    return { name, type, shape: shape === undefined ? null : [...shape] };
  });
}

/** @throws AppError run.try_needs_other_rows, run.try_needs_picture, run.try_picture_size, data.* */
export async function givenTable(pipeline: FittedPipeline, { values, picture }: GivenRow): Promise<Table> {
  if (!hasSingleRows(pipeline)) throw new AppError("run.try_needs_other_rows", {});
  const names = featureColumns(pipeline).flatMap(({ name, type }) => (type === "picture" ? [] : [name]));
  return asTable(pipeline, names, [values], picture);
}
