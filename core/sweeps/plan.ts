/**
 * The plan of a run group: what its members have in common, and in what they differ. Folds of a cross-validation, several
 * seeds, the bags of an ensemble, or a sweep over options of layers and of training. A plan is data that the store keeps; what follows from it
 * (which members are next, which are hopeless) is computed from it and from how the members did.
 */
import { z } from "zod";

export const GROUP_KINDS = ["folds", "seeds", "sweep", "ensemble"] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

const json: z.ZodType<unknown> = z.json();
const seed = z.number().int().min(0).max(4_294_967_295);

/** What of a design a dimension changes. */
export const targetSchema = z.discriminatedUnion("of", [
  /** An option of a layer. */
  z.object({ of: z.literal("layer"), node_id: z.string().min(1).max(64), option: z.string().min(1).max(64) }),
  /** An option of training: `batch_size`, `optimizer.learning_rate`, `optimizer.type`, `early_stopping.patience`. */
  z.object({ of: z.literal("training"), option: z.string().min(1).max(128) }),
  /** How often a row of layers stands one after the other; 0 leaves it out. */
  z.object({ of: z.literal("repeat"), node_ids: z.array(z.string().min(1).max(64)).min(1).max(64) }),
]);

export const valuesSchema = z.discriminatedUnion("form", [
  z.object({ form: z.literal("list"), values: z.array(json).min(1).max(1000) }),
  /** Both ends belong to it. `points` is how many a grid takes; with a `step` there are the values low, low + step … and no others. */
  z.object({
    form: z.literal("range"),
    low: z.number(),
    high: z.number(),
    scale: z.enum(["linear", "log"]),
    whole: z.boolean(),
    points: z.number().int().min(1).max(1000),
    step: z.number().positive().optional(),
  }),
]);

export const dimensionSchema = z.object({ target: targetSchema, values: valuesSchema });

/** The figure that members are judged by. */
const aim = { monitor: z.string().min(1).max(128), better: z.enum(["low", "high"]) };

export const planSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("folds"), folds: z.number().int().min(2).max(100) }),
  z.object({ kind: z.literal("seeds"), seeds: z.array(seed).min(2).max(200) }),
  z.object({
    kind: z.literal("sweep"),
    dimensions: z.array(dimensionSchema).min(1).max(16),
    method: z.enum(["grid", "random", "tpe"]),
    /** How many settings are tried; of a grid as many as it has, up to this. */
    trials: z.number().int().min(1).max(2000),
    /** Each setting is trained once with each of these. */
    seeds: z.array(seed).min(1).max(50),
    ...aim,
    /** Of the search itself: which settings are drawn. */
    seed,
    /** Combinations of listed values that are left out, by dimensionKey: the design cannot be trained with them. All name the same dimensions. */
    without: z.array(z.record(z.string(), json)).max(512).optional(),
    /** Early end of hopeless members: looked at after `first` epochs, then after `factor` times as many, and so on. */
    halving: z.object({ first: z.number().int().min(1).max(1_000_000), factor: z.number().int().min(2).max(10) }).nullable(),
  }),
  /** Members for an ensemble. Bagging: each draws its training rows anew and begins with weights of its own. */
  z.object({
    kind: z.literal("ensemble"),
    method: z.literal("bagging"),
    bags: z.number().int().min(2).max(50),
    /** How the members answer together. */
    rule: z.enum(["average", "vote"]),
    /** Of the first member's weights; each further one takes the next. */
    seed,
  }),
]);

export type Target = z.infer<typeof targetSchema>;
export type Values = z.infer<typeof valuesSchema>;
export type RangeValues = Extract<Values, { form: "range" }>;
export type Dimension = z.infer<typeof dimensionSchema>;
export type GroupPlan = z.infer<typeof planSchema>;
export type BaggingPlan = Extract<GroupPlan, { kind: "ensemble" }>;
export type SweepPlan = Extract<GroupPlan, { kind: "sweep" }>;

/** What a member sets, by the name of each dimension; `fold` and `bag` (from 0) and `seed` beside them. */
export type MemberOptions = Readonly<Record<string, unknown>>;

/** Name of a dimension in a member's options. */
export function dimensionKey({ target }: Dimension): string {
  switch (target.of) {
    case "layer":
      return `layer ${target.node_id} ${target.option}`;
    case "training":
      return `training ${target.option}`;
    case "repeat":
      return `repeat ${target.node_ids.join(" ")}`;
    default:
      return target satisfies never;
  }
}
