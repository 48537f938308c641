/** A field whose choices are too many for the form: it says what is chosen, and opens them. */
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import type { Field as AnyField } from "../../core/schema/fields.ts";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { FieldControlProps } from "./field-control.ts";

interface PopoverFieldProps extends Pick<FieldControlProps<AnyField>, "label" | "help" | "reset"> {
  /** What is chosen, in few words. */
  summary: string;
  className?: string;
  children: ReactNode;
}

export function PopoverField({ label, help, reset, summary, className = "", children }: PopoverFieldProps) {
  return (
    <Field label={label} help={help} helpOnLabel note={reset}>
      {(control) => (
        <Popover.Root>
          <Popover.Trigger asChild>
            <button type="button" className="input names-button" {...control}>
              <span className="clip">{summary}</span>
              <Icon name="chevronDown" size={14} />
            </button>
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className={`popover names-popover ${className}`}
              align="end"
              sideOffset={4}
              collisionPadding={8}
              aria-label={label}
            >
              {children}
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </Field>
  );
}
