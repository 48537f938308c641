/** How many numbers texts become on their way: where a bag of words is reduced, it is wide before it is narrow. */
import type { StepDocument } from "../../graph/document.ts";
import { stepDefinition } from "../../steps/definitions.ts";
import { configOf } from "../pipeline.ts";

/** Whether a later step takes what this one makes of a column. */
const goesOn = (steps: readonly StepDocument[], place: number, column: string): boolean =>
  steps.slice(place + 1).some(({ columns }) => columns.includes(column));

/** Numbers of a row, at most, that steps make of texts for other steps. */
export function widthOnTheWay(steps: readonly StepDocument[]): number {
  return steps.reduce((sum, step, place) => {
    const { textWidthField } = stepDefinition(step.type);
    if (textWidthField === undefined) return sum;
    return sum + step.columns.filter((name) => goesOn(steps, place, name)).length * Number(configOf(step)[textWidthField]);
  }, 0);
}

/** Whether rows that are wide and nearly all zeros come out at the end. */
export const areMostlyZeros = (steps: readonly StepDocument[]): boolean =>
  steps.some(
    ({ type, columns }, place) => stepDefinition(type).mostlyZeros === true && columns.some((name) => !goesOn(steps, place, name)),
  );

/** Rows that are made at a time, so that memory holds a few megabytes of their numbers. @param width of a row, as it is at the end */
export const rowsAtATime = (steps: readonly StepDocument[], width: number): number =>
  Math.max(1, Math.floor(PIECE_NUMBERS / Math.max(1, width, widthOnTheWay(steps))));

const PIECE_NUMBERS = 1 << 21;
