/** How many threads a training takes when nobody says: the bits do not depend on it. */
import { availableParallelism } from "node:os";

/** More were not measured; small networks gain nothing from them. */
const MOST = 4;

/** @param behindWindow leaves a core to the window */
export function defaultThreads(behindWindow: boolean, cores: number = availableParallelism()): number {
  return Math.max(1, Math.min(MOST, behindWindow ? cores - 1 : cores));
}
