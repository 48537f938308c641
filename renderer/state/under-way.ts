/**
 * What is on its way into the design: a preparation that is being proposed for a target, the counts that come of it. An act that needs
 * the whole design, as training does, waits until it is there.
 */
const works = new Set<Promise<unknown>>();

/** Counts as on its way until it has ended, however it ends. */
export function underWay<T>(work: Promise<T>): Promise<T> {
  works.add(work);
  const ended = (): void => {
    works.delete(work);
  };
  work.then(ended, ended);
  return work;
}

export const isSettled = (): boolean => works.size === 0;

/** Resolves when nothing is on its way, nor anything that was begun by what came. */
export async function settled(): Promise<void> {
  while (works.size > 0) {
    await Promise.allSettled([...works]);
    // What has come is drawn, and drawing it may ask for more.
    await new Promise((resolve) => setTimeout(resolve));
  }
}
