/** Which rows of a comparison hold values that a search drew by their logarithm. Pure. */
import type { RunGroup } from "../../core/protocol/methods.ts";
import { optionKey } from "../../core/spec/design-options.ts";
import type { Target } from "../../core/sweeps/plan.ts";
import type { RunDetails } from "./run-details.ts";

/** @returns the keys of the rows, as compareRuns names them */
export function drawnByLog(groups: readonly RunGroup[], details: readonly Pick<RunDetails, "run" | "design">[]): ReadonlySet<string> {
  const plans = new Map(groups.map(({ id, plan }) => [id, plan]));
  return new Set(
    details.flatMap(({ run, design }) => {
      const plan = run.group_id === null ? undefined : plans.get(run.group_id);
      if (plan?.kind !== "sweep") return [];
      const names = new Map(design.graph.nodes.map(({ id, name }) => [id, name]));
      return plan.dimensions.flatMap(({ target, values }) =>
        values.form === "range" && values.scale === "log" ? (keyOf(target, names) ?? []) : [],
      );
    }),
  );
}

/** Null of what is no row of a comparison: how often layers stand. */
function keyOf(target: Target, names: ReadonlyMap<string, string>): string | null {
  if (target.of === "repeat") return null;
  if (target.of === "layer") return optionKey({ group: "layers", owner: names.get(target.node_id) ?? "", field: target.option });
  const [owner = "", field] = target.option.split(".");
  return field === undefined ? optionKey({ group: "training", owner: "", field: owner }) : optionKey({ group: "training", owner, field });
}
