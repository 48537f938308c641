/** What a preparation gives, in figures that people read: width, names, classes and how they are spread over the parts. */
import { sampledSteps } from "./learnt-samples.ts";
import type { PreparedData, PreparedPart } from "./prepared.ts";
import type { Rows, TargetLayout } from "./rows.ts";

/** As `layoutSchema` of the protocol has it. */
export interface LayoutSummary {
  feature_count: number;
  features: { column: string; width: number; names: string[]; shape?: number[] }[];
  /** Of rows that are nodes of a graph; `edge_count` counts both directions. */
  graph?: { node_count: number; edge_count: number };
  class_count: number | null;
  classes: string[];
  training_rows: number;
  validation_rows: number;
  /** Left out by the filter. */
  filtered_rows?: number;
  /** Put into gaps of a series: places without a row, values that rows lack. */
  filled_gaps?: { rows: number; values: number };
  /** Not learnt from, because a row that was left out by hand stands in their window. */
  dropped_windows?: number;
  /** Kept aside; left out where the split keeps none. */
  test_rows?: number;
  /** Training rows before classes were evened out by sampling; left out where they were not. */
  sampled_from?: number;
  /** Training rows that steps learnt from that cannot take all of them; left out where they took all. */
  fitted_on?: number;
  /** `test` where the split keeps rows for one. */
  class_balance: { label: string; training: number; validation: number; test?: number }[];
}

/** Classes are those of the first output that has any. */
export function layoutOf(prepared: PreparedData): LayoutSummary {
  const { pipeline, training, validation, graphSize: size } = prepared;
  const samples = sampledSteps(pipeline);
  const withClasses = Object.entries(pipeline.targets).find(([, layout]) => layout.encoding !== "value");
  const summary = {
    ...(size === undefined ? {} : { graph: { node_count: size.nodes, edge_count: size.edges } }),
    feature_count: pipeline.features.reduce((sum, { width }) => sum + width, 0),
    features: pipeline.features.map(({ column, width, names, shape }) => ({
      column,
      width,
      names: [...names],
      ...(shape === undefined ? {} : { shape: [...shape] }),
    })),
    training_rows: rowsIn(training),
    validation_rows: rowsIn(validation),
    ...(prepared.sampled === undefined ? {} : { sampled_from: prepared.sampled.rowIds.length }),
    ...(samples.length === 0 ? {} : { fitted_on: Math.min(...samples.map(({ rows }) => rows)) }),
    ...(prepared.filteredRows === undefined ? {} : { filtered_rows: prepared.filteredRows }),
    ...(prepared.filledGaps === undefined ? {} : { filled_gaps: { ...prepared.filledGaps } }),
    ...(prepared.droppedWindows === undefined ? {} : { dropped_windows: prepared.droppedWindows }),
    ...(prepared.test === undefined ? {} : { test_rows: rowsIn(prepared.test) }),
  };
  if (withClasses === undefined) return { ...summary, class_count: null, classes: [], class_balance: [] };
  const [nodeId, layout] = withClasses;
  const classes = layout.lists === undefined ? layout.classes : layout.columns;
  const inTraining = countClasses(layout, training, nodeId);
  const inValidation = countClasses(layout, validation, nodeId);
  const inTest = prepared.test === undefined ? null : countClasses(layout, prepared.test, nodeId);
  return {
    ...summary,
    class_count: classes.length,
    classes: [...classes],
    class_balance: balanceLabels(layout).map((label, place) => ({
      label,
      training: inTraining[place] as number,
      validation: inValidation[place] as number,
      ...(inTest === null ? {} : { test: inTest[place] as number }),
    })),
  };
}

const rowsIn = ({ nodes, rowCount }: PreparedPart): number => nodes?.length ?? rowCount;

/** Several columns of two values each: the columns themselves, counting the rows of the second value. */
function balanceLabels(layout: TargetLayout): readonly string[] {
  return layout.columns.length > 1 ? layout.columns : layout.classes;
}

function countClasses(layout: TargetLayout, part: PreparedPart, nodeId: string): number[] {
  const rows = part.targets[nodeId] as Rows;
  const counts = new Array<number>(balanceLabels(layout).length).fill(0);
  if (part.nodes !== undefined) {
    for (const node of part.nodes) counts[rows.values[node] as number] = (counts[rows.values[node] as number] ?? 0) + 1;
    return counts;
  }
  const width = rows.shape[0] ?? 1;
  for (let row = 0; row < part.rowCount; row += 1)
    for (let place = 0; place < width; place += 1) {
      const value = rows.values[row * width + place] as number;
      const label = width > 1 ? (value === 1 ? place : -1) : layout.encoding === "sign" ? (value + 1) / 2 : value;
      if (label >= 0) counts[label] = (counts[label] as number) + 1;
    }
  return counts;
}
