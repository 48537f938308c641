/** What pictures are brought to when they are read; what is left out is told from the pictures. */
export interface PictureFormat {
  /** Height and width; by default that of the pictures where all are alike and small, else 64 × 64. */
  readonly size?: readonly [height: number, width: number] | undefined;
  /** By default grey where all pictures are. */
  readonly channels?: 1 | 3 | undefined;
  /** Of decoded pictures that wait for the disk. */
  readonly pieceBytes?: number | undefined;
}

/** Of a side that a person may ask for. */
export const LONGEST_SIDE = 1024;
