/** Covers the app when the host has gone, by itself or told to quit: nothing can be saved any more, and this says so at once. */
import { AlertDialog } from "radix-ui";
import { useEffect } from "react";
import { useSession } from "../state/session.ts";
import { Button } from "../ui/Button.tsx";
import { modalOpened } from "../ui/open-modals.ts";
import { useText } from "../ui/texts.ts";

export function ConnectionLost() {
  const t = useText();
  const reason = useSession((state) => state.closed);
  const hasQuit = useSession((state) => state.hasQuit);
  const isGone = reason !== null || hasQuit;
  // It is left by loading the page again alone.
  useEffect(() => (isGone ? modalOpened(() => {}) : undefined), [isGone]);
  if (!isGone) return null;
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <div className="scrim" />
        <AlertDialog.Content className="dialog">
          <div className="dialog-head">
            <AlertDialog.Title asChild>
              <h2>{t(hasQuit ? "shell.quit_done" : "shell.closed_title")}</h2>
            </AlertDialog.Title>
          </div>
          <div className="dialog-body">
            <AlertDialog.Description>
              {hasQuit ? t("shell.quit_done_text") : t("shell.closed_text", { reason: reason ?? "" })}
            </AlertDialog.Description>
          </div>
          {!hasQuit && (
            <div className="dialog-foot">
              <AlertDialog.Action asChild>
                <Button look="primary" onClick={() => window.location.reload()}>
                  {t("shell.reload")}
                </Button>
              </AlertDialog.Action>
            </div>
          )}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
