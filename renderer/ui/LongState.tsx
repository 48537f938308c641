/** What stands in place of an answer that takes a while: how far it is with a button that ends it, that it was ended, or that it failed. */
import { useRef } from "react";
import { errorData } from "../../core/errors.ts";
import { Button } from "./Button.tsx";
import { errorText } from "./error-text.ts";
import { Busy, Failure } from "./States.tsx";
import { useLanguage, useText } from "./texts.ts";

interface LongStateProps {
  readonly answer: {
    readonly value: unknown;
    readonly error: unknown;
    /** 0 to 1; null where nobody knows. */
    readonly progress: number | null;
    readonly pending: boolean;
    readonly cancelled: boolean;
    readonly cancel: () => void;
    readonly restart: () => void;
  };
  /** What goes on meanwhile. */
  readonly what: string;
  /** What stands here is the answer to the question before: how far the next one is lies over it, after a moment, so that nothing flickers. */
  readonly over?: boolean;
  /** In one line, where it stands among other things. */
  readonly small?: boolean;
  /** What is said of a failure, in place of its own words; in a line. */
  readonly failed?: string;
}

/** Nothing once the answer is there. */
export function LongState({
  answer: { value, error, progress, pending, cancelled, cancel, restart },
  what,
  over = false,
  small = false,
  failed,
}: LongStateProps) {
  const t = useText();
  const language = useLanguage();
  const endedHere = useRef(false);
  // The button that ended it is gone: who pressed it by key goes on from the one in its place.
  const takeFocus = (button: HTMLButtonElement | null): void => {
    if (button === null || !endedHere.current) return;
    endedHere.current = false;
    button.focus();
  };
  const end = (): void => {
    endedHere.current = true;
    cancel();
  };
  if (error !== null && small)
    return (
      <div className="long-ended" role="alert">
        <p className="muted">{failed ?? errorText(errorData(error), language)}</p>
        <Button small onClick={restart}>
          {t("common.retry")}
        </Button>
      </div>
    );
  if (error !== null) return <Failure error={error} onRetry={restart} />;
  if (cancelled)
    return (
      <div className={small || over || value !== null ? "long-ended" : "state"} role="status">
        <p className="muted">{t("common.was_cancelled")}</p>
        <Button ref={takeFocus} small onClick={restart}>
          {t("common.ask_again")}
        </Button>
      </div>
    );
  const busy = <Busy small={small} what={what} {...(progress === null ? {} : { progress })} onCancel={end} />;
  if (value === null) return busy;
  return over && pending ? <div className="long-over">{busy}</div> : null;
}
