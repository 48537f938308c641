/** A word of the run list's filter that is a condition on a number: "val_loss<0.3", "epochs>=10", "val_accuracy=1". Pure. */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";

const CONDITION = /^(.+?)(<=|>=|<|>|=)(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/;

const HOLDS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "=": (value, bound) => value === bound,
};

const PLAIN: Readonly<Record<string, (run: ListedRun) => number | null>> = {
  epochs: (run) => run.epoch,
  parameters: (run) => run.parameters,
  seconds: (run) => run.seconds,
};

/** @param word in small letters. @returns null where it is no condition; a run that has no such number does not meet it */
export function conditionOf(word: string): ((run: ListedRun) => boolean) | null {
  const [, name = "", sign = "", bound = ""] = CONDITION.exec(word) ?? [];
  const holds = HOLDS[sign];
  if (holds === undefined) return null;
  return (run) => {
    const value = PLAIN[name]?.(run) ?? figureOf(run, name);
    return value !== null && holds(value, Number(bound));
  };
}

function figureOf({ metrics }: ListedRun, name: string): number | null {
  const key = Object.keys(metrics).find((one) => one.toLowerCase() === name);
  return key === undefined ? null : (metrics[key] ?? null);
}
