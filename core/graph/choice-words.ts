/**
 * What the values of choices are called: optimizers, schedules, losses, activations, initializers, and plain words such as those of
 * padding. One place for the canvas, the inspector, the comparison, sweeps and the report, so that a thing has one name everywhere.
 */
import { activationDefinitions } from "../activations/definitions.ts";
import { initializerDefinitions } from "../initializers/definitions.ts";
import { layerDefinition } from "../layers/registry.ts";
import { lossDefinitions } from "../losses/definitions.ts";
import { optimizerDefinitions } from "../optimizers/definitions.ts";
import { scheduleDefinitions } from "../schedules/definitions.ts";
import { choiceTexts } from "../schema/choice-texts.ts";

type Language = "en" | "zh";
type Named = Readonly<Record<string, { readonly texts: Readonly<Record<Language, { readonly label: string }>> }>>;

/** By the last word of the option's name: `recurrent_activation` names an activation. */
const NAMED: Readonly<Record<string, Named>> = {
  activation: activationDefinitions,
  initializer: initializerDefinitions,
  loss: lossDefinitions,
  optimizer: optimizerDefinitions,
  schedule: scheduleDefinitions,
};

/** Options some values of which are layers: what is within, what joins. */
const OF_LAYERS: ReadonlySet<string> = new Set(["cell", "combine"]);

/**
 * @param option as the design has it (`activation`, `optimizer`), or as a sweep addresses it (`optimizer.type`)
 * @returns null where the option names no such thing, or one that this version does not know
 */
export function choiceWord(option: string, value: unknown, language: Language): string | null {
  if (typeof value !== "string") return null;
  const name = option.replace(/\.type$/, "").replace(/^.*\./, "");
  const definitions = own(NAMED, name.replace(/^.*_/, ""));
  if (definitions !== undefined) return own(definitions, value)?.texts[language].label ?? null;
  const words = own(choiceTexts, name) ?? own(choiceTexts, name.replace(/^[^_]*_/, ""));
  const word = words === undefined ? undefined : own(words, value)?.[language === "en" ? 0 : 1];
  return word ?? (OF_LAYERS.has(name) ? (layerDefinition(value)?.texts[language].label ?? null) : null);
}

function own<T>(of: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}
