/** The held-out loss never rose, but lies far above that of the training rows: the network knows its rows better than the rule. */
import type { NewId } from "../../graph/naming.ts";
import { addDropout } from "./remedies.ts";
import { figure, type Judge, lowest, percent, watched } from "./verdict.ts";

/** The held-out loss, as a multiple of the training loss at the same epoch. */
const FAR = 1.5;
/** Of losses that are next to nothing the quotient says nothing: a thousandth of the first. */
const NOTHING = 1e-3;

/** @param newId of a layer that is offered to be put in */
export const gap =
  (newId: NewId): Judge =>
  (facts) => {
    if (!facts.lossesAlike) return null;
    const values = watched(facts);
    const best = values[lowest(values)];
    const found = facts.epochs.find(({ epoch }) => epoch === best?.epoch);
    const first = facts.epochs[0]?.loss ?? 0;
    if (found === undefined || found.loss === null || found.valLoss === null || found.valLoss < NOTHING * first) return null;
    if (found.loss <= 0 || found.valLoss < FAR * found.loss) return null;
    const params = {
      epoch: found.epoch,
      training: figure(found.loss),
      validation: figure(found.valLoss),
      more: percent(found.valLoss / found.loss - 1),
    };
    return { code: "verdict.gap", tone: "advice", params, fixes: addDropout(facts, newId) };
  };
