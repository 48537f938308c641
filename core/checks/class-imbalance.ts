/** One class that is rare beside another, and nothing that makes up for it: a network that never names it is nearly always right. */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { trainingOption } from "./training-options.ts";

/** So many rows of the largest class for each of the smallest. */
const TOO_MANY = 10;

export const classImbalance = defineCheck({
  code: "design.class_imbalance",
  runDesign: ({ design, facts }) => {
    const { data } = design;
    if (data === null || data.sampling !== undefined || trainingOption(design, "class_weight") !== "none") return [];
    const [target, ...others] = data.columns.filter(({ role }) => role === "target");
    if (target === undefined || others.length > 0 || target.type !== "categorical") return [];
    const counts = facts?.counts?.get(target.name) ?? [];
    const sorted = counts.toSorted((a, b) => a.count - b.count);
    const [rarest, commonest] = [sorted[0], sorted.at(-1)];
    if (rarest === undefined || commonest === undefined || rarest.count === 0 || commonest.count <= TOO_MANY * rarest.count) return [];
    const commands = [{ type: "set_training" as const, patch: { class_weight: "balanced" } }];
    const fix = { code: "fix.balance_classes", params: {}, commands };
    const sampling = { method: "over" as const, seed: null };
    const drawn = { code: "fix.draw_rare_more", params: {}, commands: [{ type: "set_data" as const, data: { ...data, sampling } }] };
    const params = { rare: rarest.label, few: rarest.count, common: commonest.label, many: commonest.count };
    return [designProblem("design.class_imbalance", params, "warning", [fix, drawn])];
  },
});
