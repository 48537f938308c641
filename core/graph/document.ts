/**
 * The document: what the canvas shows and design.json holds. It is data only; acts on it are commands (commands/),
 * what follows from it (shapes, mistakes) is computed by propagate.ts. Nodes of unknown type are kept untouched.
 */
import { z } from "zod";

export const DESIGN_FORMAT = "neuroloom-design";
export const DESIGN_FORMAT_VERSION = 1;

/**
 * An object whose unknown fields are kept and written back: another tool's, or a later version's. They stay out of the
 * type, so that a misspelt field is still a compile error.
 */
function kept<S extends z.ZodRawShape>(shape: S): z.ZodObject<S> {
  return z.looseObject(shape) as unknown as z.ZodObject<S>;
}

const point = z.object({ x: z.number(), y: z.number() });
const json: z.ZodType<unknown> = z.json();

/** Word vectors that a layer starts from: their file is in the library, by the SHA-256 of its content (main/host/datasets/vectors). */
export const vectorsSchema = kept({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the file that they were read from. */
  name: z.string().max(255),
  /** Numbers a word. */
  width: z.number().int().min(1).max(65_536),
  /** How many are kept: those that the texts of the data set hold. */
  words: z.number().int().min(0),
});

/** Of a layer or a group. */
export const LONGEST_NAME = 128;

/** One layer on the canvas. `config` holds only the options that differ from the defaults or were set by hand. */
export const nodeSchema = kept({
  id: z.string().min(1).max(64),
  /** Key of the layer registry; an unknown one is kept and shown as unknown. */
  type: z.string().min(1).max(64),
  /** Shown on the node and used in names of weights; unique in the document. */
  name: z.string().min(1).max(LONGEST_NAME),
  config: z.record(z.string(), json),
  position: point,
  /** Uses the weights of this node instead of weights of its own. */
  shared_with: z.string().nullable().default(null),
  /** Wiring stays, the layer is skipped. */
  bypassed: z.boolean().default(false),
  /** Its weights are not trained. Left out where they are, so that designs of before stay what they were. */
  frozen: z.boolean().optional(),
  /** What its weights start from, of a layer that has a vector for each word. */
  vectors: vectorsSchema.optional(),
});
export const edgeSchema = kept({
  id: z.string().min(1).max(64),
  source: z.string(),
  source_port: z.string(),
  target: z.string(),
  target_port: z.string(),
});
export const groupSchema = kept({
  id: z.string().min(1).max(64),
  name: z.string().max(LONGEST_NAME),
  node_ids: z.array(z.string()),
  collapsed: z.boolean(),
});
export const LARGEST_ANNOTATION = 1_000_000;
export const MOST_ANNOTATIONS = 5_000;
/** A note to read or a frame around layers: for people alone, the network is the same without it. */
export const annotationSchema = kept({
  id: z.string().min(1).max(64),
  /** Another kind (of a later version) is kept and drawn as a note. */
  kind: z.string().min(1).max(32),
  /** What the note says, or the frame is called. */
  text: z.string().max(20_000),
  /** One of ANNOTATION_COLOURS; another one is kept and drawn grey. */
  colour: z.string().max(32),
  position: point,
  width: z.number().positive().max(LARGEST_ANNOTATION),
  height: z.number().positive().max(LARGEST_ANNOTATION),
});
/** As many as a design may hold: commands refuse more, so that what was drawn can be read again. */
export const MOST_NODES = 20_000;
export const MOST_EDGES = 50_000;
export const graphSchema = kept({
  nodes: z.array(nodeSchema).max(MOST_NODES),
  edges: z.array(edgeSchema).max(MOST_EDGES),
  groups: z.array(groupSchema).default([]),
  /** Notes and frames, what is drawn first first. Left out where there are none, so that designs of before stay what they were. */
  annotations: z.array(annotationSchema).max(MOST_ANNOTATIONS).optional(),
  /** Which way the drawing runs: ports stand at the left and right, or at top and bottom. To the right where it is left out. */
  direction: z.enum(["right", "down"]).optional(),
});

/** A column of pictures that is made of columns of numbers, one a pixel. */
export const pixelsSchema = kept({
  /** By row, then column, then channel. */
  columns: z.array(z.string()).min(1).max(4096),
  shape: z.tuple([z.number().int().min(1), z.number().int().min(1), z.number().int().min(1)]),
  /** What is black, and what is white. */
  low: z.number(),
  high: z.number(),
});
/** Texts that mean missing where the design names none; an empty cell always does. */
export const MISSING_TOKENS: readonly string[] = ["NA", "NaN", "NULL", "null"];

/** What a column holds, and what it is used for. */
export const columnSchema = kept({
  name: z.string(),
  type: z.enum(["numeric", "categorical", "date", "text", "picture"]),
  /** `weight`: what each row counts in the loss and the metrics; one column at most. */
  role: z.enum(["feature", "target", "weight", "ignored"]),
  /** Texts that mean "missing" in this column; the usual ones (empty, NA, NaN, NULL, null) when left out. */
  missing_tokens: z.array(z.string()).optional(),
  /** How dates are written (strptime: `%d/%m/%Y`); ISO 8601 when left out. */
  date_format: z.string().max(64).optional(),
  /** Numbers are written with a comma before the decimals (3,14; 1.234,5). */
  decimal_comma: z.boolean().optional(),
  /** Numbers are written with commas between thousands (1,234,567; 1,234.5). */
  thousands_comma: z.boolean().optional(),
  /** Of a target whose cells are lists (red|blue): what parts them. Each value of the lists is then a label of its own. */
  lists: z.string().min(1).max(8).optional(),
  /** Of pictures that are made of columns of numbers: a table that has these and no such column becomes the same pictures. */
  pixels: pixelsSchema.optional(),
});
/** One step of preparation; its own options beside `type` and `columns` are checked by core/steps. */
export const stepSchema = z.looseObject({ type: z.string(), columns: z.array(z.string()) });
export const splitSchema = kept({
  /** `grouped`: rows with one value in `column` stay together. `column`: its values say training, validation or test. */
  method: z.enum(["stratified", "random", "grouped", "time", "column", "none"]),
  /** Share of the rows held out for validation. */
  validation_fraction: z.number().gt(0).lt(1),
  /** Share kept aside as a test part, of methods that draw or cut; left out: none. */
  test_fraction: z.number().gt(0).lt(1).optional(),
  /** Cross-validation: rows are cut into so many folds in place of one held-out part, and `fold` (from 0) is held out. */
  folds: z.number().int().min(2).max(100).optional(),
  fold: z.number().int().min(0).max(99).optional(),
  /** Bagging: which of the draws (from 0) the training rows are, as many of them with replacement. Left out: each row once. */
  bag: z.number().int().min(0).max(199).optional(),
  /** Of `grouped` and `column`; any column, whatever its role. */
  column: z.string().nullable().optional(),
  /** Of `column`: where no row is for validation, `validation_fraction` of the training rows are, drawn at random. Left out: none is. */
  validation_from_training: z.literal(true).optional(),
  /** Of `time`: column of dates or numbers that tells the order, whatever its role; a window's own counts before it. Left out: rows stand in order. */
  order_by: z.string().optional(),
  /** Null: the seed of the training options. */
  seed: z.number().int().nullable(),
});
/**
 * What comes in where a value of a series is missing, or a whole row by its date: the value before, a line between both sides
 * (once the second is known), the value one season before, the mean of the training rows, a value. Left out: nothing does.
 */
export const gapFillSchema = kept({
  method: z.enum(["previous", "linear", "seasonal", "mean", "constant"]),
  /** Rows of a season, of `seasonal`. */
  season: z.number().int().min(1).max(100_000).optional(),
  /** Of `constant`, in the units of the table. */
  value: z.number().optional(),
});
/** Learn each row of a time series from those before it. */
export const windowSchema = kept({
  /** Columns whose past values come in; the target may be one of them. */
  columns: z.array(z.string()).min(1),
  /** Rows that come in. */
  length: z.number().int().min(1).max(100_000),
  /** How many rows after the last of them the predicted one lies. */
  horizon: z.number().int().min(1).max(100_000),
  /** Column that tells the time, to sort by; null: the rows stand in order. */
  order_by: z.string().nullable(),
  fill: gapFillSchema.optional(),
});
/** Evens out classes among the training rows: rows of rare ones drawn again, or of frequent ones left out. */
export const samplingSchema = kept({
  method: z.enum(["over", "under"]),
  /** Null: the seed of the training options. */
  seed: z.number().int().nullable(),
});
const share = z.number().min(0).max(1);
/** What is done to pictures while training, drawn anew in every epoch; what is left out is not done. */
export const augmentSchema = kept({
  /** Mirrored, every other time. */
  flip_horizontal: z.boolean().optional(),
  flip_vertical: z.boolean().optional(),
  /** Degrees, to either side at most. */
  rotate: z.number().min(0).max(180).optional(),
  /** Share of the height and width, in any direction at most. */
  shift: share.optional(),
  /** 0.2: from 20 % smaller to 20 % larger. */
  zoom: z.number().min(0).max(0.9).optional(),
  /** Share of height and width that is cut away at most, anywhere; what is left fills the picture. */
  crop: z.number().min(0).max(0.9).optional(),
  /** Share of the picture's own range of values, up or down at most. */
  brightness: share.optional(),
  /** Standard deviation, as a share of that range. */
  noise: share.optional(),
  /** Side of a square that is covered, as a share of the shorter side. */
  cutout: share.optional(),
  /** α of the Beta distribution of the shares in which two pictures of a batch are laid over each other; 0 is none, 0.2 is usual. */
  mixup: share.optional(),
  /** Null: the seed of the training options. */
  seed: z.number().int().nullable(),
});
/** Changed copies of the texts of training rows; what is left out is not done. Shares are of a text's words. */
export const textAugmentSchema = kept({
  /** Beside each row. */
  copies: z.number().int().min(0).max(16),
  /** Replaced by a synonym, where the list has one. */
  replace: share.optional(),
  /** Put in anywhere: a synonym of a word of the text, or that word again. */
  insert: share.optional(),
  /** Pairs that change places. */
  swap: share.optional(),
  leave_out: share.optional(),
  /** Words that mean the same, one group a line, parted by commas. */
  synonyms: z.array(z.string().max(2000)).max(100_000).optional(),
  /** Null: the seed of the training options. */
  seed: z.number().int().nullable(),
});
/** Documents and their words as one graph (TextGCN): edges by TF-IDF, and between words by mutual information over windows. */
export const documentGraphSchema = kept({
  kind: z.literal("document_words"),
  /** Of the texts. */
  column: z.string(),
  tokenizer: z.enum(["words", "characters", "segments"]),
  lowercase: z.boolean(),
  /** Words that occur less often in all documents together are no nodes. */
  min_count: z.number().int().min(1).max(1_000_000),
  /** Of the most frequent. */
  max_words: z.number().int().min(1).max(200_000),
  /** Words that are looked at together, for the edges between words. */
  window: z.number().int().min(2).max(1000),
  /** Words that are no nodes: "the", "of" … */
  left_out: z.array(z.string()).max(10_000).optional(),
});
/** Rows as nodes: a column names them, another lists the nodes that each is linked to. */
export const linkGraphSchema = kept({
  kind: z.literal("links"),
  id: z.string(),
  links: z.string(),
  /** A link goes from the row to the nodes it lists, and not back. */
  directed: z.boolean(),
});
const graphSize = {
  /** As they were when the data were last prepared; left out before. */
  node_count: z.number().int().positive().optional(),
  edge_count: z.number().int().min(0).optional(),
};
/** Choices about single rows. They are named by their place in the file (from 0), which means something in these data only. */
export const rowChoicesSchema = kept({
  /** Of the data set that the rows are of. */
  fingerprint: z.string().min(1).max(128),
  /** In no part: as if they were not in the file. */
  excluded: z.array(z.number().int().min(0)).max(100_000),
  /** Cells that hold another label than the file says. */
  relabelled: z.array(z.object({ row: z.number().int().min(0), column: z.string(), value: z.string().min(1).max(1000) })).max(100_000),
});
export const dataSchema = kept({
  /** A built-in set (`builtin`, with its options), or the name of the file it was made with. */
  source: z.union([
    z.object({ kind: z.literal("builtin"), name: z.string(), options: z.record(z.string(), z.number()) }),
    z.object({ kind: z.literal("file"), name: z.string() }),
  ]),
  columns: z.array(columnSchema),
  steps: z.array(stepSchema),
  split: splitSchema,
  /** Rows that are learnt from, as a condition over the columns (`age > 30 and sex = 'male'`); predictions are made for all. */
  filter: z.string().min(1).max(4000).optional(),
  /** Rows left out, and labels put right, by hand; predictions are made for all rows as they are. */
  row_choices: rowChoicesSchema.optional(),
  window: windowSchema.optional(),
  sampling: samplingSchema.optional(),
  augment: augmentSchema.optional(),
  augment_text: textAugmentSchema.optional(),
  graph: z.union([documentGraphSchema.extend(graphSize), linkGraphSchema.extend(graphSize)]).optional(),
  /** Width of the feature vector when the data were last prepared: shapes are known before they are prepared again. */
  feature_count: z.number().int().positive().nullable().default(null),
  /** Number of classes of the target at that time; null for numbers. */
  class_count: z.number().int().positive().nullable().default(null),
});

export const designSchema = kept({
  format: z.literal(DESIGN_FORMAT),
  format_version: z.number().int().positive(),
  name: z.string().max(200),
  graph: graphSchema,
  /** Training options: validated by core/spec/training.ts, kept whole here. */
  train: z.record(z.string(), json),
  data: dataSchema.nullable(),
  notes: z.string().default(""),
});

export type VectorsDocument = z.infer<typeof vectorsSchema>;
export type NodeDocument = z.infer<typeof nodeSchema>;
export type EdgeDocument = z.infer<typeof edgeSchema>;
export type GroupDocument = z.infer<typeof groupSchema>;
export type AnnotationDocument = z.infer<typeof annotationSchema>;
export type GraphDocument = z.infer<typeof graphSchema>;
export type Direction = NonNullable<GraphDocument["direction"]>;
export type ColumnDocument = z.infer<typeof columnSchema>;
export type StepDocument = z.infer<typeof stepSchema>;
export type SplitDocument = z.infer<typeof splitSchema>;
export type PixelsDocument = z.infer<typeof pixelsSchema>;
export type GapFillDocument = z.infer<typeof gapFillSchema>;
export type WindowDocument = z.infer<typeof windowSchema>;
export type TextAugmentDocument = z.infer<typeof textAugmentSchema>;
export type AugmentDocument = z.infer<typeof augmentSchema>;
export type DocumentGraphDocument = z.infer<typeof documentGraphSchema>;
export type LinkGraphDocument = z.infer<typeof linkGraphSchema>;
export type RowChoicesDocument = z.infer<typeof rowChoicesSchema>;
export type DataDocument = z.infer<typeof dataSchema>;
export type DesignDocument = z.infer<typeof designSchema>;
