/** Times, as people of either language write them. */
import type { Language } from "../../core/layers/layer.ts";

const LOCALE: Readonly<Record<Language, string>> = { en: "en-GB", zh: "zh-CN" };

/** Day and minute. @param time milliseconds since 1970 */
export function timeWords(time: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}
