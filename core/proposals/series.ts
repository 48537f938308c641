/** Networks for series: each row is foretold from those before it, plainly, with a memory, or by the shapes that come back. */
import type { DataDocument } from "../graph/document.ts";
import { isTimeFormat } from "../schema/times-of-day.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { designOf, type Layer } from "./draw.ts";
import type { DataFacts, Proposal } from "./facts.ts";

const LENGTH = 16;
const FEWEST_ROWS = 8 * LENGTH;
const TIME_NAMES = /^(t|time|step|index|date|day|month|timestamp|时间|日期)$/i;

/** The column that tells the time of a series of numbers; null where rows do not follow one another. */
export function timeColumnOf({
  data,
  columns,
  classCount,
  rowCount,
}: Pick<DataFacts, "data" | "columns" | "classCount" | "rowCount">): string | null {
  const targets = data.columns.filter(({ role }) => role === "target");
  if (classCount !== null || targets.length !== 1 || targets[0]?.type !== "numeric" || rowCount < FEWEST_ROWS) return null;
  const tells = data.columns.find(
    ({ name, type, role, date_format }) =>
      role !== "target" &&
      // A time of day comes again tomorrow.
      ((type === "date" && !isTimeFormat(date_format)) || (type === "numeric" && TIME_NAMES.test(name))) &&
      columns.find((column) => column.name === name)?.distinct === rowCount,
  );
  return tells?.name ?? null;
}

/**
 * The preparation as it can be laid out: a target with no other column to learn from is learnt from its own past, which is asked
 * for before any network is there.
 */
export function laidOut(data: DataDocument): DataDocument {
  const target = data.columns.find(({ role }) => role === "target");
  if (data.columns.some(({ role }) => role === "feature") || target?.type !== "numeric") return data;
  return {
    ...data,
    split: { ...data.split, method: "time" },
    window: { columns: [target.name], length: LENGTH, horizon: 1, order_by: null },
  };
}

export function seriesProposals(facts: DataFacts, time: string): Proposal[] {
  const target = facts.data.columns.find(({ role }) => role === "target")?.name ?? "";
  const numbers = facts.data.columns.filter(({ name, type, role }) => type === "numeric" && role === "feature" && name !== time);
  const columns = [target, ...numbers.map(({ name }) => name)];
  const hasGaps = facts.columns.some(({ name, missing }) => missing > 0 && columns.includes(name));
  const data: DataDocument = {
    ...facts.data,
    feature_count: LENGTH * columns.length,
    // The time itself only orders: as a number it would grow beyond all that was learnt from.
    columns: facts.data.columns.map((column) =>
      column.role === "target" || columns.includes(column.name) ? column : { ...column, role: "ignored" as const },
    ),
    steps: [{ type: "standardise", columns, ...defaultsOf(stepDefinition("standardise").schema) }],
    split: { ...facts.data.split, method: "time" },
    window: {
      columns,
      length: LENGTH,
      horizon: 1,
      order_by: time,
      // What was known last, and no zero: a step would put that in before the window is cut.
      ...(hasGaps ? { fill: { method: "previous" as const } } : {}),
    },
  };
  const from = (layers: readonly Layer[]): Proposal["design"] =>
    designOf(facts, { inputShape: [LENGTH, columns.length], layers, data, learningRate: 0.003, stopEarly: true });
  return [
    { key: "series_recurrent", params: { length: LENGTH }, design: from([["gru", { units: 24 }]]) },
    {
      key: "series_convolution",
      params: { length: LENGTH },
      design: from([
        ["conv_1d", { filters: 16, kernel_size: 3, padding: "same", activation: "relu", kernel_initializer: "he_uniform" }],
        ["global_average_pooling_1d"],
      ]),
    },
    { key: "series_plain", params: { length: LENGTH }, design: from([["flatten"]]) },
  ];
}
