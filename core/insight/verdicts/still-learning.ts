/** The run ended with all its epochs while the loss was still falling. */
import { moreEpochs } from "./remedies.ts";
import { figure, type Judge, lowest, percent, watched } from "./verdict.ts";

/** The last part of the run that is looked at, and how much of the loss must have gone in it: of what it was, or of all that went. */
const LAST_PART = 0.2;
const STILL = 0.02;
const STILL_OF_ALL = 0.05;
const FEWEST_EPOCHS = 5;

export const stillLearning: Judge = (facts) => {
  const values = watched(facts);
  const last = values.at(-1);
  if (!facts.ended || facts.diverged || last === undefined || values.length < FEWEST_EPOCHS || last.epoch < facts.epochsAsked) return null;
  const part = Math.max(2, Math.ceil(values.length * LAST_PART));
  const before = values[values.length - 1 - part];
  if (before === undefined || lowest(values) < values.length - 1 - part / 2) return null;
  const fell = (before.value - last.value) / Math.abs(before.value);
  const [first] = values;
  const ofAll = first === undefined ? 0 : (before.value - last.value) / (first.value - last.value);
  if (!(fell > STILL || (fell > 0 && ofAll > STILL_OF_ALL))) return null;
  const params = { epochs: last.epoch - before.epoch, share: percent(fell), from: figure(before.value), to: figure(last.value) };
  return { code: "verdict.still_learning", tone: "advice", params, fixes: moreEpochs(facts, facts.epochsAsked * 2) };
};
