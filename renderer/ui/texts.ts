/**
 * The words of the app in the language chosen: one catalogue merged from resources/translations/app/*.ts. Components
 * call `useText()`; code outside React calls `textNow()`. Keys are checked by the compiler.
 */
import type { Language } from "../../resources/translations/translate.ts";
import { useSession } from "../state/session.ts";
import { type Translate, translators } from "./translators.ts";

export { hasText, type TextKey, type Translate, textIn } from "./translators.ts";

export function useLanguage(): Language {
  return useSession((state) => state.language);
}

/** The translator for the language chosen; the same function until the language changes. */
export function useText(): Translate {
  return translators[useLanguage()];
}

/** For code that is not a component: toasts, commands, state. */
export function textNow(): Translate {
  return translators[useSession.getState().language];
}
