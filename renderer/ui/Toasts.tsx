/** Shows the messages of state/toasts.ts at the corner. They go away by themselves, errors later, and pause under the pointer. */
import { Toast as RadixToast } from "radix-ui";
import { dismissToast, useToasts } from "../state/toasts.ts";
import { Button, IconButton } from "./Button.tsx";
import { errorText } from "./error-text.ts";
import { Icon } from "./Icon.tsx";
import { useLanguage, useText } from "./texts.ts";

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
          onOpenChange={(open) => !open && dismissToast(id)}
        >
          <Icon {...MARKS[tone]} />
          <RadixToast.Description className="toast-text">
            {typeof content === "string" ? content : errorText(content, language)}
          </RadixToast.Description>
          {action !== undefined && (
            <RadixToast.Action altText={action.label} asChild>
              <Button small onClick={action.run}>
                {action.label}
              </Button>
            </RadixToast.Action>
          )}
          <RadixToast.Close asChild>
            <IconButton label={t("common.close")} icon="close" small />
          </RadixToast.Close>
        </RadixToast.Root>
      ))}
      <RadixToast.Viewport className="toasts" label={`${t("common.message")} ({hotkey})`} />
    </RadixToast.Provider>
  );
}
