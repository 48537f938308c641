/** Looking into tables: text that is pasted; rows searched, filtered and sorted; columns against each other. Part of the host contract, which methods.ts puts together. */
import { z } from "zod";
import { columnSchema, dataSchema } from "../../graph/document.ts";
import { id } from "./common.ts";

const filter = z.string().max(4000).nullable();
const table = { id, columns: z.array(columnSchema) };

/** Rows as points: the class of each (its place in `classes`, -1 without one), or its number where the colouring column is numeric. */
const coloured = {
  /** Numbers of the rows in the file, from 0. */
  rows: z.array(z.number().int()),
  classes: z.array(z.string()),
  labels: z.array(z.number().nullable()),
};

const look = z.object({
  name: z.string(),
  kind: z.enum(["number", "category", "date", "one_hot", "text", "picture", "tensor"]),
  missing: z.number().int(),
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  counts: z.array(z.number().int()),
  labels: z.array(z.string()),
  first: z.array(z.string()),
});

export const tablesMethods = {
  /** A pasted table as a file that `datasets.import` takes: for entries that give paths; a browser uploads it. */
  "tables.keep_text": {
    input: z.object({ text: z.string().min(1).max(64_000_000), name: z.string().min(1).max(200) }),
    output: z.object({ file: z.string() }),
  },
  /** Cells of rows that hold a text anywhere, that a filter keeps, in the order of a column; `numbers` are those of the file, from 0. */
  "tables.view": {
    input: z.object({
      ...table,
      filter,
      search: z.string().max(1000).nullable(),
      sort: z.object({ column: z.string(), descending: z.boolean() }).nullable(),
      offset: z.number().int().min(0),
      count: z.number().int().min(0).max(1000),
    }),
    output: z.object({ rows: z.array(z.array(z.string().nullable())), numbers: z.array(z.number().int()), total: z.number().int() }),
  },
  /**
   * How strongly each column goes with the target: Pearson's r of numbers (of two classes: counted 0 and 1), the correlation ratio of
   * numbers and classes, Cramér's V of classes. Null where there is none. Of the columns
   * that are asked for the first 500 are answered: each is a pass over two columns.
   */
  "tables.correlations": {
    input: z.object({ ...table, target: z.string() }),
    output: z.object({
      columns: z.array(z.object({ name: z.string(), measure: z.enum(["r", "eta", "v"]), value: z.number().nullable() })),
    }),
  },
  /** Values of a few columns of numbers for evenly spaced rows that the filter keeps, coloured by another. */
  "tables.points": {
    input: z.object({
      ...table,
      names: z.array(z.string()).min(2).max(6),
      colour: z.string().nullable(),
      filter,
      most: z.number().int().min(2).max(5000),
    }),
    output: z.object({ ...coloured, values: z.array(z.array(z.number().nullable())) }),
  },
  /** A step's columns just before and just after it, learnt from the first 5,000 rows that the filter keeps. */
  "tables.step_effect": {
    input: z.object({ id, data: dataSchema, place: z.number().int().min(0) }),
    output: z.object({
      rows: z.number().int(),
      columns: z.array(z.object({ name: z.string(), before: z.array(look), after: z.array(look) })),
    }),
  },
  /** The two directions in which standardised columns vary most, and the share of the variance that each component holds; missing values count as the mean. */
  "tables.principal": {
    input: z.object({
      ...table,
      names: z.array(z.string()).min(2).max(500),
      colour: z.string().nullable(),
      filter,
      most: z.number().int().min(2).max(5000),
    }),
    output: z.object({
      ...coloured,
      x: z.array(z.number()),
      y: z.array(z.number()),
      explained: z.array(z.number()),
      /** What each column adds to the two directions; constant columns are left out. */
      weights: z.array(z.object({ name: z.string(), x: z.number(), y: z.number() })),
    }),
  },
} as const;
