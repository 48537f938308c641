/** How strongly columns go with the first target: asked of the host when target or types change. */
import { useMemo } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { useAnswer } from "../state/use-answer.ts";

export interface Correlation {
  /** Empty while it is not known. */
  readonly target: string;
  readonly measure: MethodOutput<"tables.correlations">["columns"][number]["measure"];
  readonly value: number | null;
}
export const NO_CORRELATION: Correlation = { target: "", measure: "r", value: null };

/** Null without a target; empty until the host has answered. */
export function useCorrelations(id: string, columns: readonly ColumnDocument[]): ReadonlyMap<string, Correlation> | null {
  const target = columns.find(({ role, type }) => role === "target" && type !== "picture")?.name;
  const input = useMemo(() => {
    if (target === undefined) return null;
    // Roles change nothing but which column is the target.
    return { id, target, columns: columns.map((column) => ({ ...column, role: "feature" as const })) };
  }, [id, columns, target]);
  const { value } = useAnswer("tables.correlations", input);
  return useMemo(
    () => (target === undefined ? null : new Map((value?.columns ?? []).map(({ name, ...rest }) => [name, { target, ...rest }]))),
    [target, value],
  );
}
