/** Shows the messages of state/toasts.ts at the corner. They go away by themselves, errors later, and pause under the pointer. */
import { Toast as RadixToast } from "radix-ui";
import { dismissToast, useToasts } from "../state/toasts.ts";
import { Button, IconButton } from "./Button.tsx";
import { errorText } from "./error-text.ts";
import { Icon } from "./Icon.tsx";
import { handEscapeOn } from "./open-modals.ts";
import { useLanguage, useText } from "./texts.ts";

const VIEWPORT_ID = "toasts";
/** Radix's own keys would be F8, which pauses a run: the app's keys lead here (shell/shortcuts.ts), and can be bound anew. */
const NO_KEYS: string[] = [];

/** The newest message has the focus, so that its button can be pressed by keys; with no message nothing happens. */
export function focusToasts(): void {
  if (useToasts.getState().toasts.length > 0) document.getElementById(VIEWPORT_ID)?.focus();
}

const MARKS = {
  plain: { name: "check", className: "mark ok" },
  wanted: { name: "warning", className: "mark warn" },
  bad: { name: "error", className: "mark bad" },
} as const;

export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  const t = useText();
  const language = useLanguage();
  return (
    <RadixToast.Provider duration={8000} label={t("common.message")}>
      {toasts.map(({ id, tone, content, action }) => (
        <RadixToast.Root
          key={id}
          className={`toast ${tone}`}
          duration={tone === "bad" ? 20_000 : 8000}
          onEscapeKeyDown={handEscapeOn}
          onOpenChange={(open) => !open && dismissToast(id)}
        >
          <Icon {...MARKS[tone]} />
          <RadixToast.Description className="toast-text">
            {typeof content === "function" ? content(t) : errorText(content, language)}
          </RadixToast.Description>
          {action !== undefined && (
            <RadixToast.Action altText={action.label(t)} asChild>
              <Button small onClick={action.run}>
                {action.label(t)}
              </Button>
            </RadixToast.Action>
          )}
          <RadixToast.Close asChild>
            <IconButton label={t("common.close")} icon="close" small />
          </RadixToast.Close>
        </RadixToast.Root>
      ))}
      <RadixToast.Viewport id={VIEWPORT_ID} className="toasts" hotkey={NO_KEYS} label={t("common.message")} />
    </RadixToast.Provider>
  );
}
