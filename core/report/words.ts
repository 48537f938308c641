/** The words of a report in one language. */
import { reportTexts } from "../../resources/translations/report.ts";
import { type Language, translate } from "../../resources/translations/translate.ts";

export type Words = (key: keyof typeof reportTexts, params?: Readonly<Record<string, string | number>>) => string;

export const wordsOf =
  (language: Language): Words =>
  (key, params) =>
    translate(reportTexts, language, key, params);
