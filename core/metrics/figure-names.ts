/**
 * Names of figures: those that a task has, and of a name that was kept with a run which metric and which output it belongs
 * to. A name with `#` holds a number that the task chooses (`top_3_accuracy`): figures of unlike numbers are never compared.
 */
import { metricDefinitions } from "./definitions.ts";
import type { FigureTexts, MetricDefinition, MetricTask } from "./metric.ts";
import { topKOf } from "./task.ts";

/** Chosen in the place of figures where none of them is to have a curve: nothing chosen means the usual ones. */
export const NO_FIGURES = "none";

/** The loss has a curve as metrics have, and words of its own. */
const LOSS = "loss";

interface KnownFigure {
  readonly metric: MetricDefinition;
  readonly texts: FigureTexts;
}

export interface ReadName {
  /** `top_3_accuracy`, `loss`; the whole name where it is not known. */
  readonly figure: string;
  /** Of several outputs the one that it belongs to. */
  readonly output: string | null;
  /** Null of the loss, and of what no metric gives. */
  readonly known: KnownFigure | null;
  /** Its place among figures: the loss first, then by the rank of metrics; what is not known comes last. */
  readonly place: number;
}

/** Names of the figures that a metric gives of this task. */
export function figureNames({ figures }: MetricDefinition, task: Pick<MetricTask, "topK">): readonly string[] {
  return Object.keys(figures).map((name) => name.replace("#", String(topKOf(task))));
}

interface Pattern {
  readonly known: KnownFigure | null;
  readonly ending: RegExp;
  readonly place: number;
  readonly length: number;
}

const ALL: readonly (readonly [string, KnownFigure | null])[] = [
  [LOSS, null],
  ...Object.values(metricDefinitions)
    .sort((a, b) => a.rank - b.rank)
    .flatMap((metric) => Object.entries(metric.figures).map(([name, texts]) => [name, { metric, texts }] as const)),
];

/** The longest first: `price_log_loss` is a log loss, not a loss. */
const PATTERNS: readonly Pattern[] = ALL.map(([name, known], place) => ({
  known,
  ending: new RegExp(`^(?:(.+)_)?(${name.replace("#", "([1-9][0-9]*)")})$`, "s"),
  place,
  length: name.length,
})).sort((a, b) => b.length - a.length);

/** Tables ask for the same few names again and again. */
const READ = new Map<string, ReadName>();

/** @param name without `val_`: `accuracy`, and of several outputs `price_r2` */
export function readFigureName(name: string): ReadName {
  const read = READ.get(name) ?? readAnew(name);
  READ.set(name, read);
  return read;
}

function readAnew(name: string): ReadName {
  for (const { known, ending, place } of PATTERNS) {
    const [found, output = null, figure = "", number] = ending.exec(name) ?? [];
    if (found !== undefined)
      return { figure, output, known: known === null || number === undefined ? known : numbered(known, number), place };
  }
  return { figure: name, output: null, known: null, place: PATTERNS.length };
}

function numbered({ metric, texts }: KnownFigure, number: string): KnownFigure {
  return { metric, texts: { en: texts.en.replace("#", number), zh: texts.zh.replace("#", number) } };
}
