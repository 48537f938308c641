/** What stands in place of an answer that takes a while: how far it is with a button that ends it, that it was ended, or that it failed. */
import { Button } from "./Button.tsx";
import { Busy, Failure } from "./States.tsx";
import { useText } from "./texts.ts";

interface LongStateProps {
  readonly answer: {
    readonly value: unknown;
    readonly error: unknown;
    /** 0 to 1. */
    readonly progress: number;
    readonly cancelled: boolean;
    readonly cancel: () => void;
    readonly restart: () => void;
  };
  /** What goes on meanwhile. */
  readonly what: string;
}

/** Nothing once the answer is there. */
export function LongState({ answer: { value, error, progress, cancelled, cancel, restart }, what }: LongStateProps) {
  const t = useText();
  if (error !== null) return <Failure error={error} onRetry={restart} />;
  if (cancelled)
    return (
      <div className="long-ended" role="status">
        <p className="muted">{t("common.was_cancelled")}</p>
        <Button small onClick={restart}>
          {t("common.ask_again")}
        </Button>
      </div>
    );
  return value === null ? <Busy what={what} progress={progress} onCancel={cancel} /> : null;
}
