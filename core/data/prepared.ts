/**
 * Prepared data: what the trainer and the predictor read. Produced by core/data/prepare.ts from a table, the design's
 * data section and (for prediction) a fitted pipeline.
 */

import type { DataDocument, DocumentGraphDocument, LinkGraphDocument, WindowDocument } from "../graph/document.ts";
import type { Augmenter } from "./augment.ts";
import type { BatchesAhead } from "./blocks/batches-ahead.ts";
import type { RowsAhead, RowsInTurn } from "./blocks/rows-ahead.ts";
import type { DocumentWords } from "./graph/document-words.ts";
import type { LinkedNodes } from "./graph/links.ts";
import type { GraphRows } from "./graph/node-graph.ts";
import type { Mixup } from "./mixup.ts";
import type { FittedStep } from "./pipeline.ts";
import type { FeatureGroup, Rows, TargetLayout } from "./rows.ts";
import type { TextRedraw } from "./text/text-redraw.ts";
import type { FittedFill } from "./window-gaps.ts";

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
  /** Of a series that a model is asked about: rows that are left out because they have no time. */
  readonly undatedRows?: number;
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
  /** Of those: outputs whose target is what an input brings, by node id, with that input: `targets` then hold its first rows only. */
  readonly targetInputs?: Readonly<Record<string, string>>;
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
  /** Of rows that are nodes of one graph. */
  readonly graphSize?: { readonly nodes: number; readonly edges: number };
  /** Of a series: the rows of the table that the steps learnt from, those before the first window too. */
  readonly learntFrom?: Uint32Array;
  /** Of classes that were evened out: the rows of the table that the steps learnt from, and which of them each training row is. */
  readonly sampled?: { readonly rowIds: Uint32Array; readonly places: Uint32Array };
  /** Rows that the design's filter left out; left out where it left out none. */
  readonly filteredRows?: number;
  /** Of a series whose gaps are filled: places without a row, and values that rows lack. */
  readonly filledGaps?: { readonly rows: number; readonly values: number };
  /** Of a series with rows left out by hand: rows that are not learnt from because one of those stands in their window. */
  readonly droppedWindows?: number;
  /** Rows left out because a target is missing in them. */
  readonly droppedRows: number;
}
