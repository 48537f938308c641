/** What a layout is given and what comes of it. */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** How far below its top the edges meet the node; half its height when left out. From left to right, chains are aligned by it. */
  readonly anchor?: number;
}
export interface LayoutEdge {
  readonly source: string;
  readonly target: string;
}
export interface LayoutOptions {
  /** Space between ranks and between nodes of a rank, from left to right; exchanged from the top down. */
  readonly gapX: number;
  readonly gapY: number;
  /**
   * The drawing is begun anew after so many ranks, in a row below (from the top down: in a column beside): a chain exactly, what branches
   * between its blocks, where few edges cross.
   */
  readonly foldAfter: number;
  /**
   * What branches is folded so that it is seen as large as can be in so many pixels: from left to right, where `foldAfter` is then for
   * chains, and from the top down where it cannot be folded after `foldAfter`.
   */
  readonly view?: { readonly width: number; readonly height: number };
  readonly down: boolean;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}
/** Upper left corners by id. */
export type Positions = Readonly<Record<string, Position>>;
