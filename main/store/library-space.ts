/** What of the library takes how much room, and what retention lets go: part of the interface of the store (store.ts). */

/** Bytes by what they are for; curves, models and the rest stay until their run is deleted. */
export interface LibrarySpace {
  /** The library file as it lies on the disk, its log left out. */
  readonly fileBytes: number;
  /** Of these, pages that nothing uses any more, and what waits to be removed. */
  readonly freeBytes: number;
  readonly curves: number;
  /** Checkpoints to go on from: best, last, every so many epochs. */
  readonly checkpoints: number;
  /** Of these, what belongs to runs that may go on: it stays, however much it is. */
  readonly unfinished: number;
  /** Weights of single epochs to look back at. */
  readonly snapshots: number;
  /** Trained models and out-of-fold predictions. */
  readonly models: number;
  /** Designs, evaluations, undo histories. */
  readonly designs: number;
  readonly runs: number;
  /** Runs that were deleted and are still to be had back. */
  readonly deletedRuns: number;
}

export interface CompactWatch {
  readonly signal?: AbortSignal;
  /** Bytes, of all that has to be removed and to be given back. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SpaceStore {
  librarySpace(): LibrarySpace;
  /**
   * Drops the checkpoints of the oldest runs that have ended until those of all runs together take no more than this; models stay, and so
   * does what a run needs that may still be resumed and is not deleted. @returns how many runs lost theirs
   */
  keepCheckpoints(mostBytes: number): number;
  /**
   * Gives the room that nothing uses back to the system, in pieces between which others are heard, and cuts the log. Stopped, it resolves
   * as well: what is given back stays so, and the next time goes on from there.
   */
  compact(watch?: CompactWatch): Promise<void>;
}
