/**
 * Dialogs. Radix keeps the focus inside; it gives it back to a button of its own only, and ours open by keys and menus too, so
 * that is done here. The scrim is ours because Radix's own overlay writes a style element, which the content security policy refuses.
 */
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { IconButton } from "./Button.tsx";
import { keepsEscape, modalOpened } from "./open-modals.ts";
import { focusScreen } from "./screen-focus.ts";
import { useText } from "./texts.ts";

/** The first field, else the dialog itself: focus on the closing button would show its hint at once. */
function focusFirstField(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const field = event.currentTarget.querySelector<HTMLElement>(".dialog-body :is(input, textarea, select)");
  (field ?? event.currentTarget).focus();
}

/** What has the focus now, or for an entry of a menu, which closes, the button that opened the menu. */
function focusedNow(): Element | null {
  const menu = document.activeElement?.closest("[role=menu]");
  const opener = menu?.getAttribute("aria-labelledby");
  return opener === null || opener === undefined ? document.activeElement : document.getElementById(opener);
}

/** Whether something outside the dialog has the focus already. */
function isTaken(dialog: EventTarget | null): boolean {
  const now = document.activeElement;
  return now !== null && now !== document.body && !(dialog instanceof Node && dialog.contains(now));
}

interface ModalProps {
  title: string;
  onClose: () => void;
  wide?: boolean;
  /** Buttons, the confirming one last. */
  footer?: ReactNode;
  children: ReactNode;
}

export function Modal({ title, onClose, wide = false, footer, children }: ModalProps) {
  const t = useText();
  const [before] = useState(focusedNow);
  const close = useEffectEvent(onClose);
  useEffect(() => modalOpened(() => close()), []);
  const giveBack = (event: Event): void => {
    event.preventDefault();
    // It comes a moment after the dialog has gone: a key pressed meanwhile may have opened something to write in.
    if (isTaken(event.currentTarget)) return;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus({ preventScroll: true });
    // What opened it went with its screen: a project was made, a list entry deleted.
    else focusScreen();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div className="scrim" />
        <Dialog.Content
          className={wide ? "dialog wide" : "dialog"}
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={giveBack}
          onEscapeKeyDown={(event) => keepsEscape(event) && event.preventDefault()}
        >
          <div className="dialog-head">
            <Dialog.Title asChild>
              <h2>{title}</h2>
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t("common.close")} icon="close" />
            </Dialog.Close>
          </div>
          <div className="dialog-body">{children}</div>
          {footer !== undefined && <div className="dialog-foot">{footer}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
