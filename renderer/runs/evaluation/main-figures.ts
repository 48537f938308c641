/** Which figures of an evaluation stand at once in sight. */
import { readFigureName } from "../../../core/metrics/figure-names.ts";

/** So many stand in the panel without moving anything else out of sight; a classifier has some twenty. */
const AT_ONCE = 8;
/** Of more than those: accuracy, precision, recall, F1, AUC, where a task has them. */
const MAIN = 5;

/** @returns the first figure of each metric, the most asked for first, and the others */
export function mainFigures(names: readonly string[]): { readonly main: readonly string[]; readonly others: readonly string[] } {
  if (names.length <= AT_ONCE) return { main: names, others: [] };
  const metricOf = (name: string): string => readFigureName(name).known?.metric.name ?? name;
  const main = names.filter((name, place) => names.findIndex((other) => metricOf(other) === metricOf(name)) === place).slice(0, MAIN);
  return { main, others: names.filter((name) => !main.includes(name)) };
}
