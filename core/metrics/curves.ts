/** Which figures of a task have a curve: those that were chosen, where none was the usual ones. What has none is not computed between the epochs. */
import { metricDefinitions } from "./definitions.ts";
import { figureNames, NO_FIGURES, readFigureName } from "./figure-names.ts";
import type { MetricDefinition, MetricTask } from "./metric.ts";

const byRank = Object.values(metricDefinitions).sort((a, b) => a.rank - b.rank);

/** Metrics that can be asked of an output, in the order in which they are shown. */
export const metricsFor = (task: MetricTask): readonly MetricDefinition[] => byRank.filter((definition) => definition.appliesTo(task));

/** Every figure of the metric that the task has. */
const figuresOf = (definition: MetricDefinition, task: MetricTask): readonly string[] =>
  definition.has?.(task) ?? figureNames(definition, task);

/** Figures of a task that may have a curve, in the order in which they are shown. */
export const figuresToChoose = (task: MetricTask): readonly string[] => metricsFor(task).flatMap((metric) => figuresOf(metric, task));

/** Those that have one where none was chosen. */
export const usualFigures = (task: MetricTask): readonly string[] => metricsFor(task).flatMap((metric) => metric.eachEpoch(task));

/** Figures of a metric that have a curve: of outputs whose task has nothing of what was chosen none. */
export function curveFigures(metric: MetricDefinition, task: MetricTask): readonly string[] {
  const { curves = [] } = task;
  if (curves.length === 0) return metric.eachEpoch(task);
  return figuresOf(metric, task).filter((name) => curves.includes(name));
}

/** Whether a curve needs the sums that running figures leave out (tally.ts). */
export const needsFullSums = (task: MetricTask): boolean =>
  metricsFor(task).some((metric) => metric.fullSums === true && curveFigures(metric, task).length > 0);

const KINDS: readonly Pick<MetricTask, "kind" | "count" | "logarithmic">[] = [
  { kind: "numbers", count: 1 },
  { kind: "numbers", count: 1, logarithmic: true },
  { kind: "two_classes", count: 2 },
  { kind: "labels", count: 8 },
  { kind: "classes", count: 8 },
  { kind: "classes", count: 1000 },
];
/** Tasks of every kind whose usual figures differ. */
const OF_KINDS: readonly MetricTask[] = KINDS.map((task) => ({
  ...task,
  probabilities: task.kind !== "numbers",
  threshold: 0.5,
  encoding: task.kind === "numbers" ? "value" : "class_index",
}));

/** Has a curve where none was chosen, whatever the task, as long as the task has it at all. */
const isUsual = (figure: string): boolean =>
  OF_KINDS.some((task) => usualFigures(task).includes(figure)) &&
  OF_KINDS.every((task) => usualFigures(task).includes(figure) || !figuresToChoose(task).includes(figure));

/**
 * What is chosen so that a figure has a curve too: whoever goes by it from epoch to epoch would wait for it in vain.
 * @param chosen none: the usual ones
 * @param name   as runs keep it: `val_accuracy`, of several outputs `val_price_r2`; the loss has a curve in any case
 */
export function withCurve(chosen: readonly string[], name: string): readonly string[] {
  const { figure, known } = readFigureName(name.replace(/^val_/, ""));
  if (known === null || chosen.includes(figure)) return chosen;
  if (chosen.length > 0) return [...chosen.filter((one) => one !== NO_FIGURES), figure];
  // Of which task the target is nobody knows yet: what a task does not have is left out when it is trained.
  return isUsual(figure) ? chosen : [...new Set([...OF_KINDS.flatMap(usualFigures), figure])];
}
