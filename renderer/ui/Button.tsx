/** Buttons: with words, or with an icon alone and then always with an accessible name and a hint. */
import type { ComponentProps } from "react";
import type { ShortcutName } from "../shell/shortcuts.ts";
import { useKeysOf } from "../state/keys.ts";
import { Hint } from "./Hint.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { ariaKeys, formatKeys } from "./keys.ts";

type Look = "plain" | "primary" | "quiet" | "danger";

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  small?: boolean;
  icon?: IconName;
  /** The act that it does, where that has keys: they are shown on the button. */
  act?: ShortcutName;
}

export function Button({ look = "plain", small = false, icon, act, className, children, ...rest }: ButtonProps) {
  const classes = ["button", look === "plain" ? "" : look, small ? "small" : "", className ?? ""].filter(Boolean).join(" ");
  return (
    <button type="button" className={classes} {...useAriaKeys(act)} {...rest}>
      {icon !== undefined && <Icon name={icon} size={small ? 14 : 16} />}
      {children}
      {act !== undefined && <Keys act={act} />}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  /** What it does, in words: accessible name and hint. */
  label: string;
  /** Shown instead of the name when it says more: what exactly would be undone. */
  hint?: string;
  icon: IconName;
  small?: boolean;
  look?: Look;
  /** The act that it does, where that has keys: they stand in the hint. */
  act?: ShortcutName;
}

export function IconButton({ label, hint = label, icon, small = false, look = "quiet", act, className, ...rest }: IconButtonProps) {
  const classes = ["button icon-only", look === "plain" ? "" : look, small ? "small" : "", className ?? ""].filter(Boolean).join(" ");
  const keys = useKeysOf(act);
  return (
    <Hint text={keys === undefined ? hint : `${hint} (${formatKeys(keys)})`}>
      <button type="button" className={classes} aria-label={label} {...useAriaKeys(act)} {...rest}>
        <Icon name={icon} size={small ? 14 : 16} />
      </button>
    </Hint>
  );
}

/** The keys for assistive technology, which does not hear the small cap. */
function useAriaKeys(act: ShortcutName | undefined): { "aria-keyshortcuts"?: string } {
  const keys = useKeysOf(act);
  return keys === undefined ? {} : { "aria-keyshortcuts": ariaKeys(keys) };
}

/** The keys of an act as a small cap; decoration only, assistive technology hears the accessible name. */
export function Keys({ act }: { act: ShortcutName }) {
  const keys = useKeysOf(act);
  if (keys === undefined) return null;
  return (
    <span className="kbd" aria-hidden="true">
      {formatKeys(keys)}
    </span>
  );
}
