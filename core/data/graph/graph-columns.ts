/** Which columns of a table a graph is made of: they are read as texts, whatever the design uses them for besides. */
import type { ColumnDocument, DataDocument } from "../../graph/document.ts";

export type GraphOf = NonNullable<DataDocument["graph"]>;

export const graphColumns = (graph: GraphOf): string[] => (graph.kind === "document_words" ? [graph.column] : [graph.id, graph.links]);

/** The columns as a reader has to give them. */
export function withGraphColumns(columns: readonly ColumnDocument[], graph: GraphOf | undefined): ColumnDocument[] {
  if (graph === undefined) return [...columns];
  const own = graphColumns(graph);
  return columns.map((column) => (own.includes(column.name) ? { ...column, role: "feature", type: "text" } : column));
}
