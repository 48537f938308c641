/**
 * Prepared data: what the trainer and the predictor read. Produced by core/data/prepare.ts from a table, the design's
 * data section and (for prediction) a fitted pipeline.
 */

import type { DataDocument, DocumentGraphDocument, LinkGraphDocument, StepDocument, WindowDocument } from "../graph/document.ts";
import { type Shape, sizeOf } from "../ir/tensor.ts";
import type { Augmenter } from "./augment.ts";
import type { BatchesAhead } from "./blocks/batches-ahead.ts";
import type { RowsAhead, RowsInTurn } from "./blocks/rows-ahead.ts";
import type { DocumentWords } from "./graph/document-words.ts";
import type { LinkedNodes } from "./graph/links.ts";
import type { GraphRows } from "./graph/node-graph.ts";
import type { Mixup } from "./mixup.ts";
import type { TextRedraw } from "./text/text-redraw.ts";
import type { FittedFill } from "./window-gaps.ts";

/** Rows of numbers for one input or output node, row-major `[rows, ...shape]`. */
export interface Rows {
  readonly values: Float32Array;
  /** Shape of one row. */
  readonly shape: Shape;
  /** Which of the rows in `values` each row is, where several share one (questions about one picture); never of a target. */
  readonly places?: Uint32Array;
}

/** Where row `row` begins in `values`. */
export const startOfRow = ({ places, shape }: Rows, row: number): number =>
  (places === undefined ? row : (places[row] as number)) * sizeOf(shape);

/** Rows from `from` to before `to`, each with values of its own: a view where they lie in order, else a copy. */
export function ownValues(rows: Rows, from: number, to: number): Float32Array {
  const width = sizeOf(rows.shape);
  if (rows.places === undefined) return rows.values.subarray(from * width, to * width);
  const own = new Float32Array((to - from) * width);
  for (let row = from; row < to; row += 1) {
    const start = startOfRow(rows, row);
    own.set(rows.values.subarray(start, start + width), (row - from) * width);
  }
  return own;
}

/**
 * How a target becomes numbers: `value` as it is (after its transforms), `binary` 0 or 1, `class_index` one number
 * from 0 to K−1, `one_hot` K columns, `multi_binary` one 0/1 column a target column, `sign` −1 or +1.
 */
export type TargetEncoding = "value" | "binary" | "class_index" | "one_hot" | "multi_binary" | "sign";

export interface TargetLayout {
  readonly columns: readonly string[];
  readonly encoding: TargetEncoding;
  /** Class names by index (numeric classes in numeric order, others in code-point order); empty for numbers. */
  readonly classes: readonly string[];
}

/** One group of numbers in the feature vector that came from one column. */
export interface FeatureGroup {
  readonly column: string;
  readonly width: number;
  /** One name a number: `adr`, `meal=BB`. Empty where numbers have no names (pixels, words by index). */
  readonly names: readonly string[];
  /** Of numbers that come in a shape of their own. */
  readonly shape?: Shape;
}

/** A step with what it learnt from the training rows. JSON; stored with the model. */
export interface FittedStep {
  readonly step: StepDocument;
  readonly fitted: unknown;
}

/** The graph that the rows are nodes of, as it was trained on; it is laid out anew from this. */
export type FittedGraph =
  | { readonly kind: "document_words"; readonly document: DocumentGraphDocument; readonly state: DocumentWords }
  | { readonly kind: "links"; readonly document: LinkGraphDocument; readonly state: LinkedNodes };

/** All of preprocessing, as stored with a model and applied again, to the bit, by evaluate and predict. */
export interface FittedPipeline {
  readonly columns: DataDocument["columns"];
  readonly steps: readonly FittedStep[];
  readonly features: readonly FeatureGroup[];
  /** By output node id. */
  readonly targets: Readonly<Record<string, TargetLayout>>;
  /** Of a time series: what each row is learnt from. */
  readonly window?: WindowDocument;
  /** Of a time series whose gaps are filled: what was learnt for that. */
  readonly window_fill?: FittedFill;
  /** Of rows that are nodes of one graph. */
  readonly graph?: FittedGraph;
}

export interface PreparedPart {
  readonly rowCount: number;
  readonly rowIds: Uint32Array;
  /** By input node id. */
  readonly inputs: Readonly<Record<string, Rows>>;
  /** By output node id; absent when predicting without targets. */
  readonly targets: Readonly<Record<string, Rows>>;
  /** What each row counts, in loss and metrics; absent where all count the same. Not negative, not all zero. */
  readonly weights?: Float32Array;
  /** Of the training part, where the design asks for it: changes its pictures while it is trained on. */
  readonly augmenter?: Augmenter;
  /** Of the training part, where the design asks for it: changes copies of texts anew in every epoch. */
  readonly redraw?: TextRedraw;
  /** Of the training part, where the design asks for it: lays pictures of a batch over each other, and their targets. */
  readonly mixup?: Mixup;
  /** Where rows to train on are brought ahead by other threads, already changed: then `inputs` are not trained on. */
  readonly ahead?: RowsAhead;
  /** Where another thread gathers the batches of the rows in memory, straight into the engine's memory. */
  readonly batches?: BatchesAhead;
  /** Where the rows lie on disk: then `inputs` hold the first rows only, enough for a look. */
  readonly inTurn?: RowsInTurn;
  /** Where the one sample is a graph: the nodes that are rows of this part, and the rows of the table that they are. */
  readonly nodes?: Uint32Array;
  readonly nodeIds?: Uint32Array;
  /** Of rows to be put into the graph that a model was trained on; `inputs` are then empty. */
  readonly graphRows?: GraphRows;
}

/** How a fitted preparation is done again to other rows. */
export interface ApplyOptions {
  readonly withTargets: boolean;
  /** Of a graph: rows that it holds already are put in as new ones, by what the table says of them. */
  readonly asNew?: boolean;
}

export interface PreparedData {
  readonly pipeline: FittedPipeline;
  readonly training: PreparedPart;
  readonly validation: PreparedPart;
  /** Rows kept aside, where the split asks for them: prepared as the others, never trained or validated on. */
  readonly test?: PreparedPart;
  /** Of a bag: the training rows that it did not draw, prepared as those held out. */
  readonly out_of_bag?: PreparedPart;
  /** Of rows on disk: how many training rows the steps of the features learnt from, where that is not all of them. */
  readonly fittedOn?: number;
  /** Training rows before classes were evened out; left out where they were not. */
  readonly sampledFrom?: number;
  /** Rows that the design's filter left out; left out where it left out none. */
  readonly filteredRows?: number;
  /** Of a series whose gaps are filled: places without a row, and values that rows lack. */
  readonly filledGaps?: { readonly rows: number; readonly values: number };
  /** Rows left out because a target is missing in them. */
  readonly droppedRows: number;
}

/** What the preparation needs to know of the network: made by core/spec from the design. */
export interface DataNeeds {
  readonly inputs: readonly {
    readonly nodeId: string;
    /** Feature columns in order; empty for all of them. */
    readonly columns: readonly string[];
    /** Shape of one row when the node fixes it; null for a vector as wide as its columns. */
    readonly shape: Shape | null;
    /** What it feeds where that is not numbers of the rows: the edges of a graph, or a mask. */
    readonly feeds?: "graph" | "mask";
  }[];
  readonly outputs: readonly {
    readonly nodeId: string;
    /** Target columns; empty for the columns whose role is target. */
    readonly columns: readonly string[];
    /** Id of the input node whose values are the target (an autoencoder); null for columns. */
    readonly targetInput: string | null;
    /** Encodings the loss takes, best first: the first that fits the columns and the width is used. */
    readonly encodings: readonly TargetEncoding[];
    /** Numbers per row that the network puts out; 0 when that is not known yet (it may depend on how wide the features are). */
    readonly width: number;
  }[];
}
