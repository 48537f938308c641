/** The part of the store that holds the curves of runs: appended point by point, read whole, thinned, or a stretch from nearby. */
import type { Curve, CurvePoint } from "../../core/protocol/methods.ts";

export interface CurveSize {
  readonly name: string;
  readonly points: number;
}

/** What a point of a curve stands at; none of them goes back along a curve. */
export type CurvePlace = "step" | "epoch" | "seconds";

/** The points of a curve from one place to another, both included. */
export interface CurveStretch {
  readonly axis: CurvePlace;
  readonly from: number;
  readonly to: number;
}

/** Reads a stretch some thousands of points at a time: a stretch of millions takes a while, and others want their turn. */
export interface StretchReader {
  /** How many there are in it, the one before it and the one behind it included. */
  readonly points: number;
  /** Reads on. @returns false when nothing is left */
  readOn(): boolean;
  /** What was read: every point, or, where there are more than were wanted, the shape with every peak. */
  finish(): Curve;
}

export interface CurveStore {
  /** All points of a batch or none. Order of arrival is the order of the curve; within one, steps never go back. */
  appendPoints(runId: string, points: readonly CurvePoint[]): void;
  /**
   * Every point of every curve, or where there are more than `maxPoints` (2 or more) the first, the last, and the
   * smallest and largest of equal stretches between.
   */
  readCurves(runId: string, maxPoints: number): Curve[];
  /** The curves of a run in the order in which they began, with how many points each has. */
  listCurves(runId: string): readonly CurveSize[];
  /** Every point of a curve, some thousands a page: those from block `from` (0 first), and the block that the next page begins with. */
  readPoints(runId: string, curve: string, from: number): { readonly curve: Curve; readonly next: number | null };
  /**
   * The points of a curve in a stretch (null: in all of it) and one more at either side, thinned as by readCurves. Nothing is read of what
   * lies outside, however long the curve is.
   */
  openStretch(runId: string, curve: string, stretch: CurveStretch | null, maxPoints: number): StretchReader;
  /**
   * Takes away the points after `step`: a run resumed from a checkpoint makes them again.
   * @param isMadeAgain curves of which it makes that of the step itself again too
   */
  dropPointsAfter(runId: string, step: number, isMadeAgain?: (curve: string) => boolean): void;
}
