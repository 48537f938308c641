/**
 * What the things are called that options of a design name: optimizers, schedules, losses and activations. One place for the
 * comparison, sweeps and the report, so that a thing has one name everywhere.
 */
import { activationDefinitions } from "../activations/definitions.ts";
import { lossDefinitions } from "../losses/definitions.ts";
import { optimizerDefinitions } from "../optimizers/definitions.ts";
import { scheduleDefinitions } from "../schedules/definitions.ts";

type Language = "en" | "zh";
type Named = Readonly<Record<string, { readonly texts: Readonly<Record<Language, { readonly label: string }>> }>>;

/** By the last word of the option's name: `recurrent_activation` names an activation. */
const NAMED: Readonly<Record<string, Named>> = {
  activation: activationDefinitions,
  loss: lossDefinitions,
  optimizer: optimizerDefinitions,
  schedule: scheduleDefinitions,
};

/**
 * @param option as the design has it (`activation`, `optimizer`), or as a sweep addresses it (`optimizer.type`)
 * @returns null where the option names no such thing, or one that this version does not know
 */
export function choiceWord(option: string, value: unknown, language: Language): string | null {
  if (typeof value !== "string") return null;
  const kind = option.replace(/\.type$/, "").replace(/^.*_/, "");
  const definitions = Object.hasOwn(NAMED, kind) ? NAMED[kind] : undefined;
  return definitions !== undefined && Object.hasOwn(definitions, value) ? (definitions[value]?.texts[language].label ?? null) : null;
}
