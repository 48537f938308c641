/** Which columns of a table the inputs and outputs of a network take, and what the rows weigh by. */
import { AppError } from "../errors.ts";
import type { ColumnDocument, WindowDocument } from "../graph/document.ts";
import type { DataNeeds } from "./data-needs.ts";
import { listTargets, refuseListsBeside } from "./list-targets.ts";
import { listed } from "./pipeline.ts";
import { refuseWeight, weightColumn } from "./weights.ts";
import { WINDOW } from "./windows.ts";

export interface ColumnPlan {
  readonly needs: DataNeeds;
  /** Of all columns that are read. */
  readonly documents: readonly ColumnDocument[];
  readonly featureNames: readonly string[];
  readonly targetNames: readonly string[];
  /** Column of the rows' weights. */
  readonly weightName: string | null;
  /** Feature columns of each input node, target columns of each output node, by place in `needs`. */
  readonly inputColumns: readonly (readonly string[])[];
  readonly outputColumns: readonly (readonly string[])[];
  /** Targets whose cells are lists, and what parts these. */
  readonly lists: ReadonlyMap<string, string>;
  readonly window: WindowDocument | undefined;
}

/** Which columns each node takes, and the weights of the rows; only these are read. */
export function planColumns(columns: readonly ColumnDocument[], needs: DataNeeds, window?: WindowDocument, cutsWindows = true): ColumnPlan {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const weightName = weightColumn(columns);
  const ofRole = (role: ColumnDocument["role"]): string[] => columns.filter((column) => column.role === role).map(({ name }) => name);
  const outputColumns = needs.outputs.map((output) => {
    if (output.targetInput !== null) return [];
    const names = output.columns.length > 0 ? [...output.columns] : ofRole("target");
    if (names.length === 0) throw new AppError("data.no_target", {}, { nodeId: output.nodeId });
    refuseWeight(names, weightName, output.nodeId);
    return refuseUnknown(names, byName, output.nodeId);
  });
  const targetNames = [...new Set(outputColumns.flat())];
  const inputColumns = needs.inputs.map((input) => {
    // Of a series, what comes in is what was before.
    if (window !== undefined && input.columns.length === 0) return [WINDOW];
    const names = input.columns.length > 0 ? [...input.columns] : ofRole("feature").filter((name) => !targetNames.includes(name));
    if (names.length === 0) throw new AppError("data.no_features", {}, { nodeId: input.nodeId });
    refuseWeight(names, weightName, input.nodeId);
    return refuseUnknown(names, byName, input.nodeId);
  });
  const wanted = new Set(inputColumns.flat());
  const featureNames = columns.filter(({ name }) => wanted.has(name)).map(({ name }) => name);
  const past = cutsWindows ? refuseUnknown(window?.columns ?? [], byName) : [];
  const documents = columns.filter(
    ({ name }) => wanted.has(name) || past.includes(name) || targetNames.includes(name) || name === weightName,
  );
  const features = wanted.has(WINDOW) ? [...featureNames, WINDOW] : featureNames;
  const lists = listTargets(columns, targetNames);
  refuseListsBeside(lists, needs.outputs, outputColumns, window);
  return { needs, documents, featureNames: features, targetNames, weightName, inputColumns, outputColumns, lists, window };
}

function refuseUnknown(names: string[], known: ReadonlyMap<string, ColumnDocument>, nodeId?: string): string[] {
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new AppError("data.column_missing", { columns: listed(unknown), count: unknown.length }, nodeId === undefined ? {} : { nodeId });
  return names;
}
