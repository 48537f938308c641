/** Buttons: with words, or with an icon alone and then always with an accessible name and a hint. */
import type { ComponentProps } from "react";
import { Hint } from "./Hint.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { formatKeys } from "./keys.ts";

type Look = "plain" | "primary" | "quiet" | "danger";

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  small?: boolean;
  icon?: IconName;
  /** Key combination shown on the button, as in ui/keys.ts. */
  keys?: string;
}

export function Button({ look = "plain", small = false, icon, keys, className, children, ...rest }: ButtonProps) {
  const classes = ["button", look === "plain" ? "" : look, small ? "small" : "", className ?? ""].filter(Boolean).join(" ");
  return (
    <button type="button" className={classes} {...rest}>
      {icon !== undefined && <Icon name={icon} size={small ? 14 : 16} />}
      {children}
      {keys !== undefined && <Keys keys={keys} />}
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
  keys?: string;
}

export function IconButton({ label, hint = label, icon, small = false, look = "quiet", keys, className, ...rest }: IconButtonProps) {
  const classes = ["button icon-only", look === "plain" ? "" : look, small ? "small" : "", className ?? ""].filter(Boolean).join(" ");
  return (
    <Hint text={keys === undefined ? hint : `${hint} (${formatKeys(keys)})`}>
      <button type="button" className={classes} aria-label={label} {...rest}>
        <Icon name={icon} size={small ? 14 : 16} />
      </button>
    </Hint>
  );
}

/** A key combination as a small cap; decoration only, assistive technology hears the accessible name. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {formatKeys(keys)}
    </span>
  );
}
