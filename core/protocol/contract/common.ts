/** Pieces of messages that several parts of the contract share. */
import { z } from "zod";

export const id = z.string().min(1).max(64);
export const none = z.object({});
export const json: z.ZodType<unknown> = z.json();

export const errorSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  nodeId: z.string().optional(),
});
