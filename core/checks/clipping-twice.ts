/** Gradients clipped in more than one way: what the second does depends on the first, and Keras refuses it. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { trainingOption } from "./training-options.ts";

/** The one that keeps the direction of the whole step first: it is what the fix leaves. */
const WAYS = ["global_clipnorm", "clipnorm", "clipvalue"] as const;

export const clippingTwice = defineCheck({
  code: "design.clipping_twice",
  runDesign: ({ design }) => {
    const [kept, ...others] = WAYS.filter((way) => typeof trainingOption(design, way) === "number");
    if (kept === undefined || others.length === 0) return [];
    const commands = [{ type: "set_training" as const, patch: Object.fromEntries(others.map((way) => [way, null])) }];
    const fix = { code: "fix.clip_once", params: { kept }, commands };
    return [designProblem("design.clipping_twice", { ways: [kept, ...others].join(", ") }, "warning", fix)];
  },
});
