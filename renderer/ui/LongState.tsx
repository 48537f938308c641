/** What stands in place of an answer that takes a while: how far it is with a button that ends it, that it was ended, or that it failed. */
import { Button } from "./Button.tsx";
import { Busy, Failure } from "./States.tsx";
import { useText } from "./texts.ts";

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
}

/** Nothing once the answer is there. */
export function LongState({ answer: { value, error, progress, pending, cancelled, cancel, restart }, what, over = false }: LongStateProps) {
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
  const busy = <Busy what={what} {...(progress === null ? {} : { progress })} onCancel={cancel} />;
  if (value === null) return busy;
  return over && pending ? <div className="long-over">{busy}</div> : null;
}
