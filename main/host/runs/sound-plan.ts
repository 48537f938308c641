/** Whether a plan can be carried out. */
import { refuseBag } from "../../../core/data/sampling.ts";
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { applyOptions } from "../../../core/sweeps/apply-options.ts";
import { isEmptyRange } from "../../../core/sweeps/draw.ts";
import { MOST_MEMBERS, memberCount, nextMembers } from "../../../core/sweeps/members.ts";
import { dimensionKey, type GroupPlan } from "../../../core/sweeps/plan.ts";
import { refuseUnsound } from "./sound-design.ts";

/**
 * The design itself must be sound, and so must its first member: mistakes of a plan show before anything is kept.
 * @throws AppError design.*, sweep.*, data.folds_need_a_draw, data.bag_with_window, data.graph_with_other
 */
export function refuseBadPlan(plan: GroupPlan, design: DesignDocument): void {
  refuseUnsound(design);
  const method = design.data?.split.method ?? "none";
  if (plan.kind === "folds" && (method === "none" || method === "column")) throw new AppError("data.folds_need_a_draw", { method });
  if (plan.kind === "ensemble") refuseBadBags(design);
  if (plan.kind === "sweep") refuseBadSweep(plan, method);
  const members = memberCount(plan);
  if (members < 1) throw new AppError("sweep.nothing_fits");
  if (members > MOST_MEMBERS) throw new AppError("sweep.too_many", { count: members, most: MOST_MEMBERS });
  const [first] = nextMembers(plan, [], 1);
  if (first !== undefined) applyOptions(design, plan, first.options);
}

/** The ensemble is judged by rows that no member saw. */
function refuseBadBags({ data }: DesignDocument): void {
  if (data === null || data.split.method === "none") throw new AppError("sweep.bags_need_validation");
  if (data.graph !== undefined) throw new AppError("data.graph_with_other", { option: "bag" });
  refuseBag({ ...data, split: { ...data.split, bag: 0 } });
}

function refuseBadSweep(plan: Extract<GroupPlan, { kind: "sweep" }>, method: string): void {
  if (method === "none" && plan.monitor.startsWith("val_")) throw new AppError("sweep.no_validation", { monitor: plan.monitor });
  const keys = plan.dimensions.map(dimensionKey);
  const twice = keys.find((key, place) => keys.indexOf(key) !== place);
  if (twice !== undefined) throw new AppError("sweep.option_twice", { option: twice });
  for (const dimension of plan.dimensions) {
    const { values } = dimension;
    if (values.form === "range" && isEmptyRange(values))
      throw new AppError("sweep.bad_range", { option: dimensionKey(dimension), low: values.low, high: values.high });
  }
}
