/** What an ensemble gains over the best of its members, as a sentence: of wrong answers it has fewer, of numbers its mean error is lower. */
import type { TextKey } from "../ui/texts.ts";

/** @param gain error of the best member less the ensemble's */
export function gainText(gain: number, measure: "wrong" | "error"): TextKey {
  const side = gain === 0 ? "no_gain" : gain > 0 ? "gain" : "loss";
  return measure === "wrong" ? `ensemble.${side}` : `ensemble.${side}_error`;
}
