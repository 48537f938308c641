/**
 * What an acceptance run is: a promise of an issue, kept or broken on real data through the command line that people use.
 * Each run is a file of its own beside this one and a line in registry.ts; main.ts runs them and writes docs/acceptance.md.
 */
import type { CommandLine } from "./command-line.ts";

/** One number that was asked for, and what was reached. */
export interface Figure {
  /** `accuracy on the fifth held out`: stands alone in a table. */
  readonly what: string;
  readonly reached: number;
  /** What is asked: one of the two; without either the figure is told and judges nothing (seconds, for example). */
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface AcceptanceRun {
  /** As it is named on the command line: `npm run acceptance -- sms_spam`. */
  readonly name: string;
  /** What is trained on what, in one sentence. */
  readonly about: string;
  /** Files and folders of ../shared/data that it reads, relative to it; it is skipped, loudly, without them. */
  readonly data: readonly string[];
  /** The whole run. Minutes are fine; more than a quarter of an hour is not. */
  readonly measure: (neuroloom: CommandLine) => Promise<readonly Figure[]>;
  /** A part that ends within a minute and still fails when the thing is broken: what CI runs. Seeded. */
  readonly measureSmall?: (neuroloom: CommandLine) => Promise<readonly Figure[]>;
  /** With --write: keeps what was measured where the app itself reads it. @param measured date and machine, as a sentence */
  readonly keep?: (figures: readonly Figure[], measured: string) => void;
}

export function isReached({ reached, atLeast, atMost }: Figure): boolean {
  return Number.isFinite(reached) && reached >= (atLeast ?? Number.NEGATIVE_INFINITY) && reached <= (atMost ?? Number.POSITIVE_INFINITY);
}

/** `at least 0.975`, or nothing where nothing is asked. */
export function askedText({ atLeast, atMost }: Figure): string {
  return atLeast !== undefined ? `at least ${atLeast}` : atMost !== undefined ? `at most ${atMost}` : "";
}

export const reachedText = ({ reached }: Figure): string => String(Number(reached.toPrecision(4)));
