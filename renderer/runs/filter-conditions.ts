/** A word of the run list's filter that is a condition: "val_loss<0.3", "epochs>=10", of options "learning_rate<0.01", "dense_1.units=32", "optimizer=adam". Pure. */
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { FilteredOptions } from "./options/option-columns.ts";

const CONDITION = /^(.+?)(<=|>=|<|>|=)(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/;
/** Of a text only whether it is this one. */
const NAMED = /^(.+?)=(.+)$/;
const ANY = /^(.+?)(?:<=|>=|<|>|=).+$/;

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

/**
 * @param word in small letters
 * @param options those of the runs, where they were read; where a name stands for several one of them has to meet it
 * @returns null where it is no condition; a run that has no such number or option does not meet it
 */
export function conditionOf(word: string, options?: FilteredOptions): ((run: ListedRun) => boolean) | null {
  return numberCondition(word, options) ?? (options === undefined ? null : textCondition(word, options));
}

function numberCondition(word: string, options: FilteredOptions | undefined): ((run: ListedRun) => boolean) | null {
  const [, name = "", sign = "", bound = ""] = CONDITION.exec(word) ?? [];
  const holds = HOLDS[sign];
  if (holds === undefined) return null;
  const keys = options?.keysOf(name) ?? [];
  return (run) => {
    const value = PLAIN[name]?.(run) ?? figureOf(run, name);
    if (value !== null) return holds(value, Number(bound));
    return keys.some((key) => {
      const option = options?.of(run, key)?.value;
      return typeof option === "number" && holds(option, Number(bound));
    });
  };
}

function textCondition(word: string, options: FilteredOptions): ((run: ListedRun) => boolean) | null {
  const [, name = "", text = ""] = NAMED.exec(word) ?? [];
  const keys = options.keysOf(name);
  if (keys.length === 0) return null;
  return (run) =>
    keys.some((key) => {
      const option = options.of(run, key);
      return option !== undefined && options.textsOf(option).includes(text);
    });
}

/** Whether it may ask for an option: it is a condition, and of nothing that a row of the list has. */
export function asksForOption(word: string, figures: ReadonlySet<string>): boolean {
  const [, name] = ANY.exec(word) ?? [];
  return name !== undefined && PLAIN[name] === undefined && !figures.has(name);
}

function figureOf({ metrics }: ListedRun, name: string): number | null {
  const key = Object.keys(metrics).find((one) => one.toLowerCase() === name);
  return key === undefined ? null : (metrics[key] ?? null);
}
