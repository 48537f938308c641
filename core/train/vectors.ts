/** What is done to whole blocks of numbers around a step. */
type Numbers = Float32Array | Float64Array;

/** The length of a vector. */
export function euclidean(values: Numbers): number {
  let squares = 0;
  for (let place = 0; place < values.length; place += 1) squares += (values[place] as number) ** 2;
  return Math.sqrt(squares);
}

/** Runs `act` while other numbers stand in a place. */
export function withOthers<T>(place: Numbers, others: Numbers, act: () => T): T {
  const kept = place.slice();
  place.set(others);
  try {
    return act();
  } finally {
    place.set(kept);
  }
}
