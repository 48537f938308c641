/** The loss of held-out rows rose while that of the training rows went on falling. */
import type { NewId } from "../../graph/naming.ts";
import { addDropout, stopEarly } from "./remedies.ts";
import { figure, type Judge, percent } from "./verdict.ts";

/** How much above its lowest value the held-out loss must end. */
const RISE = 0.1;
/** From the best epoch to the end. */
const FEWEST_EPOCHS = 3;

/** @param newId of a layer that is offered to be put in */
export const overfitting =
  (newId: NewId): Judge =>
  (facts) => {
    const both = facts.epochs.flatMap(({ epoch, loss, valLoss }) => (loss === null || valLoss === null ? [] : [{ epoch, loss, valLoss }]));
    const [first] = both;
    const last = both.at(-1);
    if (first === undefined || last === undefined) return null;
    const best = both.reduce((low, one) => (one.valLoss < low.valLoss ? one : low), first);
    const rose = last.valLoss - best.valLoss > RISE * Math.abs(best.valLoss);
    if (!rose || last.loss >= best.loss || last.epoch - best.epoch < FEWEST_EPOCHS) return null;
    const params = {
      epoch: best.epoch,
      low: figure(best.valLoss),
      high: figure(last.valLoss),
      rise: percent((last.valLoss - best.valLoss) / Math.abs(best.valLoss)),
      from: figure(best.loss),
      to: figure(last.loss),
    };
    return { code: "verdict.overfitting", tone: "problem", params, fixes: [...addDropout(facts, newId), ...stopEarly(facts)] };
  };
