/**
 * Which number of a prediction is explained: any class, label or column of any output. Of two classes the network gives one number,
 * that of the second; the first is what is left of it.
 */
import { AppError } from "../../errors.ts";
import type { ExplainedChoice, ExplainedNumber } from "../../insight/inside/look.ts";
import { at } from "../../ir/op.ts";
import { largest } from "../../metrics/task.ts";
import type { OutputInfo } from "../evaluate.ts";
import type { Predictor } from "../model.ts";
import type { InsideProbe } from "./inside-probe.ts";

type Predictions = ReturnType<InsideProbe["forward"]>;

/** Of many classes so many can be chosen from. */
const MOST_CHOICES = 1000;

/** Where a number lies in what the network gives: `rest + sign · prediction[place]`. */
interface NumberPlace {
  readonly nodeId: string;
  readonly place: number;
  readonly sign: 1 | -1;
  readonly rest: 0 | 1;
  /** As it is chosen. */
  readonly shownPlace: number;
}

export interface ExplainedOutput {
  readonly number: NumberPlace;
  readonly label: string;
  readonly value: number;
  readonly choices: readonly ExplainedChoice[];
}

export const numberOf = ({ nodeId, place, sign, rest }: NumberPlace, predictions: Predictions): number =>
  rest + sign * (predictions[nodeId]?.[place] ?? 0);

/**
 * @param found  what the network gives for the row; nothing, where none is looked at
 * @param wanted undefined: of the first output the class that the row is taken for, the second of two, or the first number
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
  return { number: placeOf(output, place), label: choice.label, value: choice.value, choices };
}

function usualPlace({ task }: OutputInfo, found: ArrayLike<number>): number {
  if (task.kind === "two_classes") return 1;
  return task.kind === "classes" && found.length > 0 ? largest(found, 0, Math.min(found.length, MOST_CHOICES)) : 0;
}

function placeOf({ layer: { id }, task }: OutputInfo, place: number): NumberPlace {
  if (task.kind !== "two_classes") return { nodeId: id, place, sign: 1, rest: 0, shownPlace: place };
  if (place === 1) return { nodeId: id, place: 0, sign: 1, rest: 0, shownPlace: place };
  return { nodeId: id, place: 0, sign: -1, rest: task.probabilities ? 1 : 0, shownPlace: place };
}

function choicesOf({ outputs, pipeline }: Predictor, output: OutputInfo, found: Predictions): ExplainedChoice[] {
  const { layer, task } = output;
  const { classes = [], columns = [] } = pipeline.targets[layer.id] ?? {};
  const names = task.kind === "classes" || task.kind === "two_classes" ? classes : columns;
  return Array.from({ length: Math.min(task.count, MOST_CHOICES) }, (_, place) => {
    const own = names[place] ?? (task.count === 1 ? layer.name : String(place));
    return {
      nodeId: layer.id,
      place,
      label: outputs.length > 1 && own !== layer.name ? `${layer.name}: ${own}` : own,
      value: numberOf(placeOf(output, place), found),
    };
  });
}
