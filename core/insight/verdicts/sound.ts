/** What is said when no other verdict has anything to say: that the run is sound, with its best figures. */
import { figure, lowest, type RunFacts, type Verdict, watched } from "./verdict.ts";

export function sound(facts: RunFacts): Verdict | null {
  const values = watched(facts);
  const best = values[lowest(values)];
  if (best === undefined || facts.diverged) return null;
  const heldOut = facts.epochs.some(({ valLoss }) => valLoss !== null);
  const params = { best: best.epoch, last: values.at(-1)?.epoch ?? best.epoch, low: figure(best.value) };
  return { code: heldOut ? "verdict.sound" : "verdict.sound_without_validation", tone: heldOut ? "good" : "advice", params, fixes: [] };
}
