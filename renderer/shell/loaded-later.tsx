/**
 * Components whose code is fetched after the first screen is there: one after the other while the window has nothing to do, or at once
 * when one is shown. A component that is there already is drawn at once; React.lazy would show what stands in for it even then, and keeps
 * that for at least 300 ms.
 */
import { type ComponentType, lazy, useState } from "react";

const waiting: (() => Promise<unknown>)[] = [];

export function loadedLater<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let here: ComponentType<Props> | null = null;
  const fetchIt = async (): Promise<ComponentType<Props>> => {
    here = await load();
    return here;
  };
  waiting.push(fetchIt);
  const Late = lazy(async () => ({ default: await fetchIt() })) as unknown as ComponentType<Props>;
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each slot, when the tables of slots are read
  return function Shown(props: Props) {
    // What was drawn first stays: another component would begin anew.
    const [Drawn] = useState(() => here ?? Late);
    return <Drawn {...props} />;
  };
}

/** Fetches what is not there yet. Of what cannot be fetched whoever opens it is told. */
export function fetchWaiting(): void {
  const next = waiting.shift();
  if (next === undefined) return;
  requestIdleCallback(() => void next().then(fetchWaiting, () => undefined), { timeout: 2000 });
}
