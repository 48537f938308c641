/** Refuses designs that cannot be trained before a row is written or memory taken. */
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { propagate } from "../../../core/graph/propagate.ts";

/**
 * Rows that were left out by hand, or put right, are those of one data set: in another the same places hold other rows.
 * @param fingerprint of the data set that is to be learnt from
 * @throws AppError data.choices_of_other_data
 */
export function refuseForeignChoices({ data }: Pick<DesignDocument, "data">, fingerprint: string): void {
  const choices = data?.row_choices;
  if (choices === undefined || choices.fingerprint === fingerprint) return;
  throw new AppError("data.choices_of_other_data", { excluded: choices.excluded.length, relabelled: choices.relabelled.length });
}

/**
 * The window has checked the design too, but is not trusted. What the data say is known only when they are prepared:
 * the worker checks again with the real shapes.
 * @throws AppError design.*
 */
export function refuseUnsound(design: DesignDocument): void {
  if (design.data === null) throw new AppError("design.no_data");
  const { nodes, edges, problems, ok } = propagate(design);
  if (ok) return;
  const all = [
    ...problems,
    ...[...nodes.values()].flatMap((node) => node.problems),
    ...[...edges.values()].flatMap((edge) => edge.problems),
  ];
  const found = all.find(
    (problem) =>
      problem.severity === "error" &&
      problem.error.code !== "design.input_shape_unknown" &&
      problem.error.code !== "design.class_count_mismatch",
  );
  if (found !== undefined) throw AppError.fromData({ ...found.error, nodeId: found.error.nodeId ?? found.nodeId });
}
