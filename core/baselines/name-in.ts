/** What a baseline is called in a language. Its run keeps the English name; one that a user gave is no baseline's, and stays. */
import { isBaseline } from "./backend.ts";
import type { BaselineDefinition } from "./baseline.ts";
import { baselineDefinitions } from "./definitions.ts";

interface Named {
  readonly backend: string | null;
  readonly name: string;
}

/** In whichever language: runs of before were named in that of whoever asked for them. */
export const baselineCalled = (name: string): BaselineDefinition | undefined =>
  Object.values(baselineDefinitions).find(({ texts }) => texts.en.label === name || texts.zh.label === name);

/** The same run, named for a reader. */
export function namedIn<R extends Named>(run: R, language: "en" | "zh"): R {
  if (!isBaseline(run)) return run;
  const name = baselineCalled(run.name)?.texts[language].label ?? run.name;
  return name === run.name ? run : { ...run, name };
}
