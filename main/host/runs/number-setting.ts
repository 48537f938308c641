/** A setting that is a whole number, not negative; anything else counts as not set. */
export const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === "number" && value >= 0 ? Math.floor(value) : otherwise;
