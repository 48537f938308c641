/** The three states that every screen has beside its content: nothing here yet, working (can be cancelled), failed. */
import type { ReactNode } from "react";
import { errorData } from "../../core/errors.ts";
import { Button } from "./Button.tsx";
import { errorText } from "./error-text.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { useLanguage, useText } from "./texts.ts";

export function Empty({ icon, title, children, actions }: { icon: IconName; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="state">
      <span className="state-mark">
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div className="row">{actions}</div>}
    </div>
  );
}

interface BusyProps {
  what: string;
  /** 0 to 1. */
  progress?: number;
  /** Ends it, or leads away from it. */
  onCancel: () => void;
  /** Where another button beside it is called Cancel. */
  cancelWords?: string;
  /** In one line, where it stands among other things. */
  small?: boolean;
}

/** What is over in moments is not told of: words and button come when it lasts, their room is held before. */
export function Busy({ what, progress, onCancel, cancelWords, small = false }: BusyProps) {
  const t = useText();
  const spinner = <span className={small ? "spinner small" : "spinner"} />;
  return (
    <div className={small ? "state-line" : "state"} role="status">
      <div className="when-slow">
        {progress === undefined ? spinner : <Progress value={progress} label={what} width={small ? 120 : 220} />}
        <p>{what}</p>
        <Button small onClick={onCancel}>
          {cancelWords ?? t("common.cancel")}
        </Button>
      </div>
    </div>
  );
}

/** @param onRetry null where the way to go on stands beside it, or in the words of the error */
export function Failure({ error, onRetry }: { error: unknown; onRetry: (() => void) | null }) {
  const t = useText();
  const language = useLanguage();
  return (
    <div className="state bad" role="alert">
      <span className="state-mark">
        <Icon name="error" size={28} />
      </span>
      <h2>{t("common.failed")}</h2>
      <p>{errorText(errorData(error), language)}</p>
      {onRetry !== null && (
        <div className="row">
          <Button onClick={onRetry}>{t("common.retry")}</Button>
        </div>
      )}
    </div>
  );
}

export function Progress({ value, label, width }: { value: number; label: string; width?: number }) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      style={width === undefined ? {} : { width }}
    >
      <i style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
