/** Pieces of messages that several parts of the contract share. */
import { z } from "zod";

export const id = z.string().min(1).max(64);
/**
 * Of a question over all rows of a run that somebody waits for: with it progress comes as `evaluation.progress`, and `runs.cancel_evaluation`
 * ends the question.
 */
export const watched = id.optional();
/** Rows that are told at once, with every cell of each: of a wide table that is much already. */
export const MOST_LISTED_ROWS = 500;
export const none = z.object({});
export const json: z.ZodType<unknown> = z.json();

export const errorSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  nodeId: z.string().optional(),
});
