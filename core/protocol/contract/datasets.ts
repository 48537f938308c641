/** Data sets: importing, looking, proposing and fitting a preparation. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import {
  augmentSchema,
  columnSchema,
  dataSchema,
  designSchema,
  gapFillSchema,
  pixelsSchema,
  splitSchema,
  textAugmentSchema,
} from "../../graph/document.ts";
import { errorSchema, id, none } from "./common.ts";

export const columnProfileSchema = z.object({
  name: z.string(),
  type: z.enum(["numeric", "categorical", "date", "text", "picture"]),
  /** How the guess was made or what is odd: `constant`, `id`, `mostly_missing`, `mixed`. */
  remarks: z.array(z.string()),
  missing: z.number().int(),
  distinct: z.number().int(),
  /** Numbers only, the first and last also of dates (milliseconds since 1970); null where there are none. */
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  quantiles: z.array(z.number()).nullable(),
  /** Numbers: equal-width bins; others: the most frequent values. */
  histogram: z.array(z.object({ label: z.string(), from: z.number().optional(), to: z.number().optional(), count: z.number().int() })),
  /** Of pictures that were made of columns of numbers. */
  pixels: pixelsSchema.optional(),
});

export const datasetSchema = z.object({
  id,
  name: z.string(),
  kind: z.enum(["file", "builtin"]),
  row_count: z.number().int(),
  column_count: z.number().int(),
  size_bytes: z.number(),
  created_at: z.number(),
  /** SHA-256 of the content. */
  fingerprint: z.string(),
});

export const datasetProfileSchema = z.object({
  dataset: datasetSchema,
  columns: z.array(columnProfileSchema),
  warnings: z.array(errorSchema),
});

/** What pictures are brought to when they are imported; by default what suits them. */
export const pictureFormatSchema = z.object({
  size: z.tuple([z.number().int().min(1).max(1024), z.number().int().min(1).max(1024)]).optional(),
  channels: z.union([z.literal(1), z.literal(3)]).optional(),
});

export const layoutSchema = z.object({
  feature_count: z.number().int(),
  features: z.array(
    z.object({ column: z.string(), width: z.number().int(), names: z.array(z.string()), shape: z.array(z.number().int()).optional() }),
  ),
  graph: z.object({ node_count: z.number().int(), edge_count: z.number().int() }).optional(),
  class_count: z.number().int().nullable(),
  classes: z.array(z.string()),
  training_rows: z.number().int(),
  validation_rows: z.number().int(),
  test_rows: z.number().int().optional(),
  sampled_from: z.number().int().optional(),
  fitted_on: z.number().int().optional(),
  filtered_rows: z.number().int().optional(),
  filled_gaps: z.object({ rows: z.number().int(), values: z.number().int() }).optional(),
  dropped_windows: z.number().int().optional(),
  class_balance: z.array(
    z.object({ label: z.string(), training: z.number().int(), validation: z.number().int(), test: z.number().int().optional() }),
  ),
});

/** Sheet of a workbook, or one of several tables in an archive or folder; `pictures`: its pictures. What suits the file when left out. */
const sheet = z.string().max(2000).optional();

const wordPairSchema = z.object({ words: z.array(z.string()).length(2), together: z.number(), information: z.number() });

export const datasetsMethods = {
  "datasets.list": { input: none, output: z.object({ datasets: z.array(datasetSchema) }) },
  "datasets.builtins": {
    input: none,
    output: z.object({
      builtins: z.array(
        z.object({
          name: z.string(),
          title: z.record(z.string(), z.string()),
          summary: z.record(z.string(), z.string()),
          options: z.array(z.object({ name: z.string(), default: z.number(), min: z.number(), max: z.number() })),
        }),
      ),
    }),
  },
  /** Rows of a generated set that is not kept in the library: what it would look like with these options. At most 1000 rows. */
  "datasets.sketch": {
    input: z.object({ name: z.string(), options: z.record(z.string(), z.number()) }),
    output: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.union([z.number(), z.string()]))) }),
  },
  /**
   * `file` is a path (Electron; a folder of pictures too) or the token of an upload (loopback); `further` the file that belongs
   * to it, pictures and labels in either order. Progress comes as `import.progress`.
   */
  "datasets.import": {
    input: z.object({
      file: z.string(),
      name: z.string(),
      import_id: id,
      further: z.array(z.string()).max(1).optional(),
      /** Name of the text's encoding (WHATWG); found from the bytes when left out. */
      encoding: z.string().max(40).optional(),
      sheet,
      /** What pictures are brought to; told from the pictures when left out. */
      pictures: pictureFormatSchema.optional(),
      /** Files with the same columns whose rows are held out. */
      given: z
        .array(z.object({ file: z.string(), name: z.string(), sheet, part: z.enum(["validation", "test"]) }))
        .max(4)
        .optional(),
      /** Where the file has the nodes of a graph: the table of edges. Columns that are left out are told by their names. */
      edges: z
        .object({
          file: z.string(),
          name: z.string(),
          sheet,
          id: z.string().optional(),
          source: z.string().optional(),
          target: z.string().optional(),
          /** Null: all edges count the same. */
          weight: z.string().nullable().optional(),
        })
        .optional(),
      /** Pictures (a folder, a .zip; once at most) and further tables, joined in order by a column that names what is in them. */
      partners: z
        .array(z.object({ file: z.string(), name: z.string(), sheet, key: z.string(), partner_key: z.string().nullable() }))
        .max(5)
        .optional(),
    }),
    /** `encoding`: what the text was read as; of pictures and sheets none. `sheet`: which of a workbook's sheets, or of the tables in an archive, was read. */
    output: datasetProfileSchema.extend({
      encoding: z.string().optional(),
      sheet: z.object({ name: z.string(), all: z.array(z.string()), of: z.enum(["workbook", "archive"]) }).optional(),
      /** Of nodes and edges: the columns that name the nodes and list their links. */
      graph: z.object({ id: z.string(), links: z.string() }).optional(),
    }),
  },
  /** What files hold that were chosen together, told from their first rows, and which columns could join them, the best first. */
  "datasets.look_at_files": {
    input: z.object({
      look_id: id.optional(),
      files: z
        .array(z.object({ file: z.string(), name: z.string(), sheet }))
        .min(1)
        .max(6),
      /** As in `datasets.import`; of those files that are not UTF-8. */
      encoding: z.string().max(40).optional(),
    }),
    output: z.object({
      files: z.array(
        z.object({
          name: z.string(),
          /** `tables`: several, of which one must be named. */
          kind: z.enum(["table", "tables", "pictures", "idx", "idx_labels"]),
          /** Where there are several sheets or tables: which was looked at (null: none is named), and which there are. */
          sheet: z.object({ name: z.string().nullable(), all: z.array(z.string()), of: z.enum(["workbook", "archive"]) }).optional(),
          columns: z.array(z.object({ name: z.string(), examples: z.array(z.string()) })),
          pictures: z.number().int(),
          examples: z.array(z.string()),
        }),
      ),
      matches: z.array(
        z.object({
          table: z.number().int(),
          partner: z.number().int(),
          column: z.string(),
          partner_column: z.string().nullable(),
          matched: z.number().int(),
          of: z.number().int(),
        }),
      ),
    }),
  },
  /** Ends a look at files, or again at columns; what was asked fails with data.look_cancelled. */
  "datasets.cancel_look": { input: z.object({ look_id: id }), output: none },
  /** A table of the library as a file that can be looked at and imported with others, once: what was joined of it is a data set of its own. */
  "datasets.as_file": { input: z.object({ id }), output: z.object({ file: z.string(), name: z.string() }) },
  "datasets.cancel_import": { input: z.object({ import_id: id }), output: none },
  "datasets.builtin": { input: z.object({ name: z.string(), options: z.record(z.string(), z.number()) }), output: datasetProfileSchema },
  /** `outdated`: a newer version than that which imported it tells more of its columns. */
  "datasets.profile": { input: z.object({ id }), output: datasetProfileSchema.extend({ outdated: z.boolean().optional() }) },
  /** Its columns are told anew from the stored table; what designs do with them stays. */
  "datasets.look_again": { input: z.object({ id, look_id: id.optional() }), output: datasetProfileSchema },
  "datasets.preview": {
    input: z.object({ id, offset: z.number().int().min(0), count: z.number().int().min(1).max(1000) }),
    output: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string().nullable())) }),
  },
  /** Another data set, with one column of pictures in place of columns of numbers that are their pixels, by row, column and channel. */
  "datasets.pictures_of_columns": {
    input: z.object({ id, columns: pixelsSchema.shape.columns, shape: pixelsSchema.shape.shape }),
    output: datasetProfileSchema,
  },
  /** Pixels of some pictures by number (what a picture's cell holds), no longer than `size` at the longest side: base64 of all, one after the other. */
  "datasets.pictures": {
    input: z.object({ id, pictures: z.array(z.number().int().min(0)).min(1).max(256), size: z.number().int().min(4).max(128) }),
    output: z.object({ shape: z.tuple([z.number().int(), z.number().int(), z.number().int()]), pixels: z.string() }),
  },
  /**
   * What augmentation makes of some pictures: each as it is, then `variants` times changed, no longer than `size` at the longest
   * side. Pictures by number, or rows of a table whose columns are pixels.
   */
  "datasets.augmented": {
    input: z.object({
      id,
      from: z.union([
        z.object({ kind: z.literal("pictures"), pictures: z.array(z.number().int().min(0)).min(1).max(16) }),
        z.object({
          kind: z.literal("columns"),
          columns: z.array(z.string()).min(1),
          shape: z.tuple([z.number().int().min(1), z.number().int().min(1), z.number().int().min(1)]),
          rows: z.array(z.number().int().min(0)).min(1).max(16),
        }),
      ]),
      augment: augmentSchema,
      variants: z.number().int().min(1).max(8),
      size: z.number().int().min(4).max(128),
    }),
    output: z.object({ shape: z.tuple([z.number().int(), z.number().int(), z.number().int()]), pixels: z.string() }),
  },
  /** The first pictures of each class of a column, the largest classes first; of all rows where no column is named. */
  "datasets.picture_classes": {
    input: z.object({ id, column: z.string().nullable(), per_class: z.number().int().min(1).max(64) }),
    output: z.object({
      classes: z.array(z.object({ label: z.string().nullable(), count: z.number().int(), pictures: z.array(z.number().int()) })),
      class_count: z.number().int(),
    }),
  },
  /** What the first texts of a column are about: TextRank's words and sentences, and pairs of words by windows and by mutual information. */
  "datasets.text_words": {
    input: z.object({ id, column: z.string(), tokenizer: z.enum(["words", "characters", "segments"]) }),
    output: z.object({
      /** Texts that were looked at. */
      texts: z.number().int(),
      keywords: z.array(z.object({ text: z.string(), score: z.number() })),
      sentences: z.array(z.object({ text: z.string(), score: z.number() })),
      together: z.array(wordPairSchema),
      information: z.array(wordPairSchema),
    }),
  },
  /** The first texts of a column as a step sees them: how many tokens each has, and some of them with their tokens. */
  "datasets.text_samples": {
    input: z.object({
      id,
      column: z.string(),
      tokenizer: z.enum(["words", "characters", "segments", "byte_pair"]),
      lowercase: z.boolean(),
      /** Tokens at most, of byte pairs, which are learnt from the texts that are looked at. */
      vocabulary: z.number().int().min(1).max(1_000_000).optional(),
    }),
    output: z.object({
      /** Tokens of each text that was looked at. */
      lengths: z.array(z.number().int()),
      shown: z.array(z.object({ text: z.string(), is_cut: z.boolean(), tokens: z.array(z.string()) })),
    }),
  },
  /** Some texts of a column as they are and in changed copies. */
  "datasets.changed_texts": {
    input: z.object({ id, column: z.string(), augment: textAugmentSchema }),
    output: z.object({ texts: z.array(z.object({ text: z.string(), changed: z.array(z.string()) })) }),
  },
  /** A column over time, thinned by the mean of neighbouring rows, the gaps in its dates, and what fills them. */
  "datasets.series": {
    input: z.object({
      id,
      column: columnSchema,
      order_by: columnSchema.nullable(),
      points: z.number().int().min(2).max(2000),
      fill: gapFillSchema.optional(),
      /** Which rows are held out, where that goes by time: a mean is that of the others. */
      split: splitSchema.optional(),
    }),
    output: z.object({
      values: z.array(z.number().nullable()),
      /** As `values`, of what is put into gaps; empty where nothing is. */
      filled: z.array(z.number().nullable()),
      /** Where on the way from the first point to the last the rows begin that are held out; 1 where none are. */
      held_from: z.number(),
      /** Rows that are put in, by their dates. */
      added: z.number().int(),
      from: z.number().nullable(),
      to: z.number().nullable(),
      rows: z.number().int(),
      /** Usual milliseconds from one row to the next; null without dates. */
      usual_step: z.number().nullable(),
      gaps: z.number().int(),
      repeated: z.number().int(),
      missing: z.number().int(),
      /** Rows without a date: they are in none of the others. */
      undated: z.number().int(),
    }),
  },
  /** Columns, steps and split proposed for a dataset and a target. */
  "datasets.propose": { input: z.object({ id, targets: z.array(z.string()) }), output: z.object({ data: dataSchema }) },
  /** Columns that give a target away (`data.leak_suspected`). */
  "datasets.leaks": {
    input: z.object({ id, targets: z.array(z.string()).max(1000) }),
    output: z.object({ warnings: z.array(errorSchema) }),
  },
  /** Fits the preparation on the training part and says what comes out. The network may be unfinished or not fit yet. */
  "datasets.layout": { input: z.object({ id, design: designSchema, task_id: id.optional() }), output: layoutSchema },
  /** Ends the fitting at once; what was asked fails with data.layout_cancelled. */
  "datasets.cancel_layout": { input: z.object({ task_id: id }), output: none },
  "datasets.delete": { input: z.object({ id }), output: none },
} as const;

export const datasetsEvents = {
  "import.progress": z.object({
    import_id: id,
    rows: z.number(),
    bytes: z.number(),
    total_bytes: z.number(),
    stage: z.enum(["unpacking", "reading", "profiling", "storing"]),
  }),
} as const;
