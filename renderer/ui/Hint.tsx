/** A short hint on hover and focus. For names of icons and meanings of fields; never the only place of something needed. */
import { Tooltip } from "radix-ui";
import type { ReactElement } from "react";

export function Hint({
  text,
  side = "bottom",
  children,
}: {
  text: string;
  side?: "top" | "bottom" | "left" | "right";
  children: ReactElement;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="hint" side={side} sideOffset={5} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
