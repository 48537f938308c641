/** What a soak is: a heavy trial of one promise, whole by `npm run soak`, a seeded part of it among the tests. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  /** In words; empty where it is only told. */
  readonly goal: string;
  readonly met: boolean;
}

export interface SoakOptions {
  /** How much of it: 1 is all, a tenth runs among the tests. */
  readonly share: number;
  /** Told where it is. */
  readonly say: (line: string) => void;
}

export interface Soak {
  readonly name: string;
  readonly title: string;
  /** What is done, for the reader of the report. */
  readonly about: string;
  readonly run: (options: SoakOptions) => Promise<readonly Figure[]>;
}

/** A figure that is only told. */
export const told = (what: string, value: string): Figure => ({ what, value, goal: "", met: true });

/** A figure that is held to a number. */
export function atMost(what: string, value: number, most: number, unit: string): Figure {
  return { what, value: `${rounded(value)} ${unit}`.trim(), goal: `at most ${most} ${unit}`.trim(), met: value <= most };
}

/** Something that must hold, of which `failed` of `all` did not. */
export function allHold(what: string, all: number, failed: readonly string[]): Figure {
  const first = failed.length === 0 ? "" : `; first: ${failed[0]}`;
  return { what, value: `${all - failed.length} of ${all}${first}`, goal: "all", met: failed.length === 0 };
}

function rounded(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toLocaleString("en", { maximumFractionDigits: 0 });
}
