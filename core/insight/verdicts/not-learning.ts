/** The training loss lies flat: from the first epoch to the last it hardly fell. */
import { rateTimes } from "./remedies.ts";
import { figure, type Judge, smallest } from "./verdict.ts";

/** Less than this share of the first loss. */
const HARDLY = 0.02;
/** Before that many epochs nothing is said: some networks lie flat at first. */
const FEWEST = 5;

export const notLearning: Judge = (facts) => {
  const { epochs, outputs, diverged } = facts;
  const losses = epochs.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  const [first] = losses;
  if (diverged || first === undefined || losses.length < FEWEST) return null;
  const lowest = smallest(losses);
  if (first - lowest > HARDLY * Math.abs(first) || solved(outputs)) return null;
  const params = { epochs: epochs.at(-1)?.epoch ?? losses.length, first: figure(first), last: figure(losses.at(-1) ?? first) };
  return { code: "verdict.not_learning", tone: "problem", params, fixes: rateTimes(facts, 10) };
};

/** A flat loss is no fault where the network was as good as it can be from the first epoch on. */
const solved = (outputs: Parameters<Judge>[0]["outputs"]): boolean =>
  outputs.some(({ figures }) => (figures["accuracy"] ?? 0) > 0.99 || (figures["r2"] ?? 0) > 0.99);
