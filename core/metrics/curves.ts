/** Which figures of a task have a curve: those that were chosen, else the usual ones. What has none is not computed between the epochs. */
import { metricDefinitions } from "./definitions.ts";
import { figureNames } from "./figure-names.ts";
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

/** Figures of a metric that have a curve. Of outputs whose task has nothing of what was chosen the usual ones do. */
export function curveFigures(metric: MetricDefinition, task: MetricTask): readonly string[] {
  const { curves = [] } = task;
  const chosen = figuresToChoose(task).filter((name) => curves.includes(name));
  if (chosen.length === 0) return metric.eachEpoch(task);
  return figuresOf(metric, task).filter((name) => chosen.includes(name));
}

/** Whether a curve needs the sums that running figures leave out (tally.ts). */
export const needsFullSums = (task: MetricTask): boolean =>
  metricsFor(task).some((metric) => metric.fullSums === true && curveFigures(metric, task).length > 0);
