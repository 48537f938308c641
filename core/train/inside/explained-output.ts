/**
 * Which number of a prediction is explained: any class, label or column of any output. Of two classes the network gives one number,
 * that of the second; the first is what is left of it. A column of numbers is told in its own units, the steps of its preparation undone.
 */
import { inverseTarget } from "../../data/prepare.ts";
import { AppError } from "../../errors.ts";
import type { ExplainedChoice, ExplainedNumber } from "../../insight/inside/look.ts";
import { at } from "../../ir/op.ts";
import { classSaid, largest } from "../../metrics/task.ts";
import type { OutputInfo } from "../evaluate.ts";
import type { Predictor } from "../model.ts";
import type { InsideProbe } from "./inside-probe.ts";

type Predictions = ReturnType<InsideProbe["forward"]>;

/** Of many classes so many can be chosen from. */
const MOST_CHOICES = 1000;

/** Where a number lies in what the network gives: `own(rest + sign · prediction[place])`. */
interface NumberPlace {
  readonly nodeId: string;
  readonly place: number;
  readonly sign: 1 | -1;
  readonly rest: 0 | 1;
  /** From the network's units to those of the column; null where they are the same, or there is no column. */
  readonly own: ((prepared: number) => number) | null;
  /** As it is chosen. */
  readonly shownPlace: number;
}

export interface ExplainedOutput {
  readonly number: NumberPlace;
  readonly label: string;
  readonly value: number;
  /** How far the number moves with the network's own: a gradient of the one is so many of the other. */
  readonly slope: number;
  /** A number that belongs to no column of the data: as the network gives it, after the preparation. */
  readonly isPrepared: boolean;
  readonly choices: readonly ExplainedChoice[];
}

export function numberOf(number: NumberPlace, predictions: Predictions): number {
  const given = givenOf(number, predictions);
  return number.own === null ? given : number.own(given);
}

const givenOf = ({ nodeId, place, sign, rest }: NumberPlace, predictions: Predictions): number =>
  rest + sign * (predictions[nodeId]?.[place] ?? 0);

/**
 * @param found  what the network gives for the row; nothing, where none is looked at
 * @param wanted undefined: of the first output the class that the row is taken for (the second of two, where no row is looked at), or the first number
 * @throws AppError inside.no_such_output
 */
export function explainedOutput(predictor: Predictor, found: Predictions, wanted: ExplainedNumber | undefined): ExplainedOutput {
  const choices = predictor.outputs.flatMap((output) => choicesOf(predictor, output, found));
  const first = at(predictor.outputs, 0);
  const usual = { nodeId: first.layer.id, place: usualPlace(first, found[first.layer.id] ?? []) };
  const { nodeId, place } = wanted ?? usual;
  const output = predictor.outputs.find(({ layer }) => layer.id === nodeId);
  const choice = choices.find((one) => one.nodeId === nodeId && one.place === place);
  if (output === undefined || choice === undefined) throw new AppError("inside.no_such_output");
  const number = placeOf(predictor, output, place);
  const isPrepared = output.task.kind === "numbers" && !output.fromColumns;
  return { number, label: choice.label, value: choice.value, slope: slopeAt(number, givenOf(number, found)), isPrepared, choices };
}

/**
 * Names of the numbers that an output is given: its classes, or the columns it is learnt from. Of two classes there is one number, that
 * of the second.
 * @param nodeId of the output, or of the layer that feeds it; of any other layer there are none
 */
export function answerNames({ outputs, pipeline }: Predictor, nodeId: string): readonly string[] {
  const found = outputs.find(({ layer }) => layer.id === nodeId || layer.inputs.includes(nodeId));
  if (found === undefined) return [];
  const { classes = [], columns = [] } = pipeline.targets[found.layer.id] ?? {};
  if (found.task.kind === "two_classes") return classes.slice(1, 2);
  return found.task.kind === "classes" ? classes : columns;
}

/** Of a step's range: small enough for what is curved, large enough for the digits of what is not. */
const STEP = 1e-4;

/** Exact where the way back to the column's units is a line, as of all steps but logarithms and their like. */
function slopeAt({ own }: NumberPlace, given: number): number {
  if (own === null) return 1;
  const step = STEP * Math.max(1, Math.abs(given));
  return (own(given + step) - own(given - step)) / (2 * step);
}

function usualPlace({ task }: OutputInfo, found: ArrayLike<number>): number {
  if (task.kind === "two_classes") return found.length > 0 ? classSaid(task, found, 0) : 1;
  return task.kind === "classes" && found.length > 0 ? largest(found, 0, Math.min(found.length, MOST_CHOICES)) : 0;
}

function placeOf({ pipeline }: Predictor, { layer: { id }, task, encoding, fromColumns }: OutputInfo, place: number): NumberPlace {
  if (task.kind !== "two_classes") {
    const own = encoding !== "value" || !fromColumns ? null : (given: number) => inOwnUnits(pipeline, id, task.count, place, given);
    return { nodeId: id, place, sign: 1, rest: 0, own, shownPlace: place };
  }
  if (place === 1) return { nodeId: id, place: 0, sign: 1, rest: 0, own: null, shownPlace: place };
  return { nodeId: id, place: 0, sign: -1, rest: task.probabilities ? 1 : 0, own: null, shownPlace: place };
}

function inOwnUnits(pipeline: Predictor["pipeline"], nodeId: string, count: number, place: number, given: number): number {
  const values = new Float64Array(count);
  values[place] = given;
  return inverseTarget(pipeline, nodeId, values)[place] ?? Number.NaN;
}

function choicesOf(predictor: Predictor, output: OutputInfo, found: Predictions): ExplainedChoice[] {
  const { outputs, pipeline } = predictor;
  const { layer, task } = output;
  const { classes = [], columns = [] } = pipeline.targets[layer.id] ?? {};
  const names = task.kind === "classes" || task.kind === "two_classes" ? classes : columns;
  return Array.from({ length: Math.min(task.count, MOST_CHOICES) }, (_, place) => {
    const own = names[place] ?? (task.count === 1 ? layer.name : String(place));
    return {
      nodeId: layer.id,
      place,
      label: outputs.length > 1 && own !== layer.name ? `${layer.name}: ${own}` : own,
      value: numberOf(placeOf(predictor, output, place), found),
    };
  });
}
