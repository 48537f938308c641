/**
 * Errors as words. A code without a text is a fault of ours and is shown with its code and values, so that it can be
 * reported.
 */
import type { ErrorData } from "../../core/errors.ts";
import { paramsInWords } from "../../core/graph/problem-words.ts";
import { allErrors } from "../../resources/translations/all-errors.ts";
import { withPictureFault } from "../../resources/translations/picture-faults.ts";
import { fill, type Language, translate } from "../../resources/translations/translate.ts";

const unknownCode = [
  "Something went wrong that has no description yet: {code} {params}.",
  "发生了尚无说明的错误：{code} {params}。",
] as const;

export function errorText(error: ErrorData, language: Language): string {
  const params = withPictureFault(paramsInWords(error.params, language), language);
  if (Object.hasOwn(allErrors, error.code)) return translate(allErrors, language, error.code, params);
  const details = Object.entries(error.params).map(([name, value]) => `${name}: ${value}`);
  return fill(unknownCode[language === "zh" ? 1 : 0], { code: error.code, params: details.join(", ") }).trim();
}
