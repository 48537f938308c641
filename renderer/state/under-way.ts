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

/** What a work ends with that somebody has given up. */
export const GIVEN_UP = Symbol("given up");

/**
 * Resolves when nothing is on its way, nor anything that was begun by what came.
 * @returns false as soon as somebody has given up some of it: what waits for the whole design is given up with it
 */
export async function settled(): Promise<boolean> {
  const unlessGivenUp = (thrown: unknown): void => {
    if (thrown === GIVEN_UP) throw thrown;
  };
  while (works.size > 0) {
    try {
      await Promise.all([...works].map((work) => work.catch(unlessGivenUp)));
    } catch {
      return false;
    }
    // What has come is drawn, and drawing it may ask for more.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return true;
}
