/** What a look is asked for, beside the layer and the view; and how often one with the weights of now is asked again. Pure, but for the hook. */
import { useEffect, useState } from "react";
import type { MethodInput, Run } from "../../core/protocol/methods.ts";

type Asked = MethodInput<"inside.look">;
/** The weights: of an epoch that was kept, of now, or (nothing) those of the trained model. */
export type LookMoment = Pick<Asked, "epoch" | "live">;
export type GivenRow = NonNullable<Asked["given"]>;
export type PlaneOfInput = NonNullable<Asked["plane"]>;
export type ExplainedNumber = NonNullable<Asked["explained"]>;

const FASTEST_MS = 500;
/** Of the time, at most so much goes into asking: the training pays for copies of its weights. */
const SHARE = 0.2;

/** How long to wait after an answer that took so long. */
export const waitAfter = (tookMs: number): number => Math.max(FASTEST_MS, tookMs * (1 / SHARE - 1));

/**
 * Counts up whenever the newest weights should be asked for again: a while after the last answer, while the run goes; of one that rests,
 * after each step.
 * @param answer what came last; null while nothing has come
 */
export function useLiveRounds(run: Run, live: boolean, answer: unknown): number {
  const [round, setRound] = useState(0);
  const [asked, setAsked] = useState({ round: -1, at: 0 });
  if (live && asked.round !== round) setAsked({ round, at: performance.now() });
  const goes = live && run.status === "running";
  useEffect(() => {
    if (!goes || answer === null) return undefined;
    const timer = setTimeout(() => setRound((before) => before + 1), waitAfter(performance.now() - asked.at));
    return () => clearTimeout(timer);
  }, [goes, answer, asked]);
  return live && run.status === "paused" ? -run.step - 1 : round;
}
