/** What a baseline says of itself, in words: the page of its run and the report show the same. */
import { dataLookTexts } from "./app/data-look.ts";
import { type Language, type TextParams, translate } from "./translate.ts";

interface Said {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** "Nearest neighbours: learnt from 5,000 of 45,000 training rows, evenly spread." */
export function saidOfBaseline(name: string, said: readonly Said[], language: Language): string {
  const words = (key: keyof typeof dataLookTexts, params: TextParams = {}): string => translate(dataLookTexts, language, key, params);
  const known = said.flatMap(({ key, params }) => {
    const shown = Object.entries(params).map(([param, value]) => [param, typeof value === "number" ? value.toLocaleString("en") : value]);
    return isKey(key) ? [words(key, Object.fromEntries(shown))] : [];
  });
  return known.length === 0 ? "" : words("baselines.how", { name, what: known.join(words("baselines.comma")) });
}

/** A run of a later version may say what this one has no words for. */
const isKey = (key: string): key is keyof typeof dataLookTexts => Object.hasOwn(dataLookTexts, key);
