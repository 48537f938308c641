/**
 * Errors as words: the catalogues of resources/translations/errors/*.ts, one file an area, merged as they are found.
 * A code without a text is a fault of ours and is shown with its code, so that it can be reported.
 */
import type { ErrorData } from "../../core/errors.ts";
import { type Catalogue, fill, type Language, translate } from "../../resources/translations/translate.ts";

// Tests beside the catalogues stay out of the bundle.
const files = import.meta.glob<Readonly<Record<string, Catalogue>>>("../../resources/translations/errors/!(*.test).ts", { eager: true });

const catalogue: Catalogue = Object.assign({}, ...Object.values(files).flatMap((exports) => Object.values(exports)));

const unknownCode = [
  "Something went wrong that has no description yet: {code} {params}.",
  "发生了尚无说明的错误：{code} {params}。",
] as const;

export function errorText(error: ErrorData, language: Language): string {
  if (Object.hasOwn(catalogue, error.code)) return translate(catalogue, language, error.code, error.params);
  const details = Object.entries(error.params).map(([name, value]) => `${name}: ${value}`);
  return fill(unknownCode[language === "zh" ? 1 : 0], { code: error.code, params: details.join(", ") }).trim();
}
