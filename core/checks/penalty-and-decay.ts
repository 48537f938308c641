/** L2 penalties together with an optimizer that decays weights by itself: the same wish twice, and the first one badly (Loshchilov & Hutter 2019). */
import { designProblem } from "../graph/problem.ts";
import { defineCheck } from "./check.ts";
import { setOption } from "./mend.ts";
import { optimizerOption } from "./training-options.ts";

const PENALTY = "l2";

export const penaltyAndDecay = defineCheck({
  code: "design.penalty_and_decay",
  runDesign: (context) => {
    const decay = optimizerOption(context.design, "weight_decay");
    if (typeof decay !== "number" || decay === 0) return [];
    const punished = [...context.nodes.values()].filter((checked) => !checked.node.bypassed && Number(checked.config?.[PENALTY] ?? 0) > 0);
    const [first] = punished;
    if (first === undefined) return [];
    const commands = punished.map((checked) => setOption(checked, PENALTY, 0));
    const fix = { code: "fix.no_penalty", params: { count: punished.length }, commands };
    return [designProblem("design.penalty_and_decay", { name: first.node.name, count: punished.length, decay }, "warning", fix)];
  },
});
