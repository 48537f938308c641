/** What kind of values an output is compared with, as far as the data were prepared. */
import { nodeDataOf } from "../graph/node-data.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";
import type { OutputFacts } from "./walk.ts";

/** Whether an output compares with numbers. Of several targets, classes that were counted may be another output's. */
export function comparesNumbers({ design: { data } }: CheckedDesign, { definition, node }: CheckedNode, facts: OutputFacts): boolean {
  if (data === null || data.feature_count === null || facts.targetInput !== null) return false;
  if (data.class_count === null) return true;
  if (nodeDataOf(definition, node, data).classes !== undefined) return false;
  const own = data.columns.filter(({ name, role }) => (facts.columns.length === 0 ? role === "target" : facts.columns.includes(name)));
  return own.length > 0 && own.every(({ type, lists }) => type === "numeric" && lists === undefined);
}
