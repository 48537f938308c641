/** The training loss jumps up and down from epoch to epoch: steps are too large. */
import { learningRateOf, rateTimes } from "./remedies.ts";
import { figure, type Judge, percent, smallest } from "./verdict.ts";

/** A jump upwards of this share of the loss counts, and this share of the epochs must have one. */
const JUMP = 0.05;
const OFTEN = 0.25;
const FEWEST_EPOCHS = 8;

export const rateTooHigh: Judge = (facts) => {
  const { epochs, design, diverged } = facts;
  const losses = epochs.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  const rate = learningRateOf(design);
  if (diverged || rate === null || losses.length < FEWEST_EPOCHS) return null;
  const lowest = smallest(losses);
  const first = losses[0] ?? 0;
  // Jumps of a loss that is next to nothing are no trouble.
  const jumps = losses.filter((loss, place) => {
    const before = losses[place - 1];
    return before !== undefined && loss - before > Math.max(JUMP * Math.abs(before), 0.02 * (first - lowest));
  }).length;
  if (jumps < OFTEN * (losses.length - 1)) return null;
  const params = { jumps, epochs: losses.length - 1, share: percent(JUMP), rate };
  return { code: "verdict.rate_too_high", tone: "advice", params, fixes: rateTimes(facts, 0.3) };
};

/** So many times the loss of the first epoch. */
const SHOT_UP = 10;

/** The training loss shot up far above where it began: whatever came after, those steps threw the weights about. */
export const rateBlewUp: Judge = ({ epochs, diverged, ...facts }) => {
  const rate = learningRateOf(facts.design);
  const [first, ...later] = epochs;
  if (diverged || rate === null || first === undefined || first.loss === null || first.loss <= 0) return null;
  const worst = later.reduce((most, one) => ((one.loss ?? 0) > (most.loss ?? 0) ? one : most), first);
  if (worst.loss === null || worst.loss <= SHOT_UP * first.loss) return null;
  const params = { from: figure(first.loss), to: figure(worst.loss), epoch: worst.epoch, rate };
  return { code: "verdict.rate_blew_up", tone: "problem", params, fixes: rateTimes(facts, 0.1) };
};
