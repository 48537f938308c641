/** The language of what is printed on a terminal: that of its locale, where the app has it. */
import type { Language } from "../../resources/translations/translate.ts";

/** Where POSIX looks for the language of messages: the first that is set and not empty. */
export function terminalLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const locale = ["LC_ALL", "LC_MESSAGES", "LANG"].map((name) => environment[name] ?? "").find((value) => value !== "");
  return /^zh/i.test(locale ?? "") ? "zh" : "en";
}
