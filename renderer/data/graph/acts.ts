/** Acts on the graph that the rows are nodes of; each can be undone. */
import type { DataDocument, DocumentGraphDocument, LinkGraphDocument } from "../../../core/graph/document.ts";
import { actWords } from "../../ui/act-words.ts";
import { changeData } from "../acts.ts";
import { withGraph, withGraphChange, withoutGraph } from "./graph-of.ts";

/** Null: rows are rows again. */
export function setGraph(graph: NonNullable<DataDocument["graph"]> | null): void {
  const words = actWords(graph === null ? "data.act_no_graph" : "data.act_graph");
  changeData(words, (data) => (graph === null ? withoutGraph(data) : withGraph(data, graph)));
}

export function changeGraph(change: Partial<DocumentGraphDocument> | Partial<LinkGraphDocument>): void {
  changeData(actWords("data.act_graph"), (data) => withGraphChange(data, change), `data:graph:${Object.keys(change).join()}`);
}
