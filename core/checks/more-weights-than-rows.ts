/** More weights than rows, and nothing that keeps them from learning the rows by heart. */
import { designProblem } from "../graph/problem.ts";
import { type CheckedDesign, type CheckedNode, defineCheck } from "./check.ts";
import { mostTrainingRows } from "./data-facts.ts";
import { earlyStoppingOption, optimizerOption, optionsOf } from "./training-options.ts";

export const moreWeightsThanRows = defineCheck({
  code: "design.more_weights_than_rows",
  runDesign: (context) => {
    const { design, facts, propagation } = context;
    const rows = mostTrainingRows(design.data, facts);
    const weights = propagation.totals.parameters - propagation.totals.frozenParameters;
    // Who holds nothing out does not ask how well new rows are predicted.
    if (rows === null || weights <= rows || design.data?.split.method === "none" || isHeldBack(context)) return [];
    const patience = Number(earlyStoppingOption(design, "patience"));
    const early_stopping = { ...optionsOf(design, "early_stopping"), enabled: true, restore_best_weights: true };
    const fix = { code: "fix.stop_early", params: { patience }, commands: [{ type: "set_training" as const, patch: { early_stopping } }] };
    return [designProblem("design.more_weights_than_rows", { weights, rows }, "warning", fix)];
  },
});

/** By early stopping, noise while training, penalties, weights that decay, or changed copies of the rows. */
function isHeldBack({ design, nodes }: CheckedDesign): boolean {
  if (earlyStoppingOption(design, "enabled") === true || Number(optimizerOption(design, "weight_decay") ?? 0) > 0) return true;
  if (design.data?.augment !== undefined || design.data?.augment_text !== undefined) return true;
  for (const checked of nodes.values()) {
    if (checked.node.bypassed) continue;
    if (checked.definition.traits.trainingOnly === true || isPenalised(checked)) return true;
  }
  return false;
}

/** Layers that did not change are not looked at again: a design is checked with every key that is typed. */
const penalised = new WeakMap<CheckedNode, boolean>();

function isPenalised(checked: CheckedNode): boolean {
  const known = penalised.get(checked);
  if (known !== undefined) return known;
  const found = Object.entries(checked.config ?? {}).some(([field, value]) => /(^|_)(l1|l2|dropout)$/.test(field) && Number(value) > 0);
  penalised.set(checked, found);
  return found;
}
