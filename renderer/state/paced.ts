/** Does what follows from a stream of events at most this often: at once for the first, once for those that come within the pause. */
export interface Paced {
  readonly act: () => void;
  /** Nothing is done any more. */
  readonly end: () => void;
}

export function paced(act: () => void, pauseMs: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const rest = (): void => {
    timer = undefined;
    if (asked) run();
  };
  const run = (): void => {
    asked = false;
    timer = setTimeout(rest, pauseMs);
    act();
  };
  return {
    act: () => {
      if (timer === undefined) run();
      else asked = true;
    },
    end: () => clearTimeout(timer),
  };
}
