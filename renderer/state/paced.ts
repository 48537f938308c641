/** Does what follows from a stream of events at most this often: at once for the first, once for those that come within the pause. */
export interface Paced {
  readonly act: () => void;
  /** Nothing is done any more. */
  readonly end: () => void;
}

/** @param isBusy whether the last time is not over yet: the next one waits for it, however often it is asked for */
export function paced(act: () => void, pauseMs: number, isBusy: () => boolean = () => false): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const rest = (): void => {
    timer = undefined;
    if (asked) run();
  };
  const run = (): void => {
    asked = isBusy();
    timer = setTimeout(rest, pauseMs);
    if (!asked) act();
  };
  return {
    act: () => {
      if (timer === undefined) run();
      else asked = true;
    },
    end: () => clearTimeout(timer),
  };
}
