/** A short hint on hover and focus. For names of icons and meanings of fields; never the only place of something needed. */
import { Tooltip } from "radix-ui";
import { type FocusEvent, type ReactElement, useState } from "react";

/** Focus that a dialog gives back after the mouse was used opens no hint: it would lie over what stands below. */
function onlyByKeys(event: FocusEvent<HTMLElement>): void {
  if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
}

export function Hint({
  text,
  side = "bottom",
  children,
}: {
  text: string;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactElement;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen}>
      <Tooltip.Trigger asChild onFocus={onlyByKeys}>
        {children}
      </Tooltip.Trigger>
      {/* A window has many hints and shows one of them: what is not shown is not there. */}
      {open && (
        <Tooltip.Portal>
          <Tooltip.Content className="hint" side={side} sideOffset={5} collisionPadding={8}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
}
