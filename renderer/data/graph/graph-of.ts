/** Rows as nodes of one graph, as part of the data section: documents with their words, or nodes with their links. Pure functions. */
import type { ColumnDocument, DataDocument, DocumentGraphDocument, LinkGraphDocument } from "../../../core/graph/document.ts";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";

export type GraphKind = "document_words" | "links";
type Graph = NonNullable<DataDocument["graph"]>;

/** The window is the paper's; words that occur once say nothing of two documents. */
const DOCUMENTS = { tokenizer: "words", lowercase: true, min_count: 2, max_words: 5000, window: 20 } as const;
/** What nodesAndEdges calls the column, and what people call it. */
const LINKS = ["links", "edges", "neighbours", "neighbors", "链接"];
const IDS = ["id", "node", "name", "编号", "节点"];

/** Columns that can be texts, or names and links: words, most of them different. */
export function wordColumns(data: DataDocument, profiles: ReadonlyMap<string, ColumnProfile>, rowCount: number): readonly ColumnDocument[] {
  return data.columns.filter(
    ({ name, type, role }) =>
      role !== "target" && (type === "text" || (type === "categorical" && (profiles.get(name)?.distinct ?? 0) * 2 >= rowCount)),
  );
}

/** The columns that a graph may be made of; numbers may name nodes too. */
export const graphCandidates = (data: DataDocument): readonly ColumnDocument[] =>
  data.columns.filter(({ type, role }) => role !== "target" && type !== "picture" && type !== "date");

/** @returns null where the columns do not give such a graph */
export function likelyGraph(data: DataDocument, kind: GraphKind, words: readonly ColumnDocument[]): Graph | null {
  const candidates = graphCandidates(data);
  const named = (names: readonly string[]): string | undefined => candidates.find(({ name }) => names.includes(name.toLowerCase()))?.name;
  if (kind === "document_words") {
    const column = words.find(({ role, type }) => role === "feature" && type === "text")?.name ?? words[0]?.name;
    return column === undefined ? null : { kind, column, ...DOCUMENTS };
  }
  const links = named(LINKS) ?? words.at(-1)?.name;
  const id = named(IDS) ?? candidates.find(({ name }) => name !== links)?.name;
  return links === undefined || id === undefined || id === links ? null : { kind, id, links, directed: false };
}

const columnsOf = (graph: Graph): readonly string[] => (graph.kind === "document_words" ? [graph.column] : [graph.id, graph.links]);

/** What does not go with a graph is taken out, and no step changes the columns that it is made of. */
export function withGraph(data: DataDocument, graph: Graph): DataDocument {
  const { window: _window, sampling: _sampling, augment: _augment, augment_text: _texts, ...rest } = withoutGraph(data);
  const own = columnsOf(graph);
  const role = graph.kind === "document_words" ? "feature" : "ignored";
  const steps = data.steps.map((step) => ({ ...step, columns: step.columns.filter((name) => !own.includes(name)) }));
  const columns = data.columns.map(
    (column): ColumnDocument =>
      own.includes(column.name) ? { ...column, type: "text", role } : column.role === "weight" ? { ...column, role: "ignored" } : column,
  );
  return { ...rest, columns, steps: steps.filter((step) => step.columns.length > 0), graph };
}

export function withoutGraph({ graph: _graph, ...data }: DataDocument): DataDocument {
  return data;
}

/** What was counted of the graph before is forgotten. The same column cannot name the nodes and list their links. */
export function withGraphChange(data: DataDocument, change: Partial<DocumentGraphDocument> | Partial<LinkGraphDocument>): DataDocument {
  const { graph } = data;
  if (graph === undefined) return data;
  const { node_count: _nodes, edge_count: _edges, ...asked } = graph;
  const next = { ...asked, ...change } as Graph;
  if (next.kind === "links" && next.id === next.links) return data;
  return withGraph(data, next);
}

/** Of two tables that become one graph. */
export type TablePlace = "nodes" | "edges";

export interface GraphColumns {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Empty: all edges count the same. */
  readonly weight: string;
  readonly directed: boolean;
}

const SOURCES = ["source", "from", "src", "起点", "源"];
const TARGETS = ["target", "to", "dst", "终点", "目标"];
const WEIGHTS = ["weight", "value", "权重"];

/** What columns are usually called, else the first ones: as the host tells them where nobody is asked. */
export function likelyColumns(place: TablePlace, names: readonly string[]): Partial<GraphColumns> {
  const called = (usual: readonly string[]): string | undefined => names.find((name) => usual.includes(name.trim().toLowerCase()));
  if (place === "nodes") return { id: called(IDS) ?? names[0] ?? "" };
  return { source: called(SOURCES) ?? names[0] ?? "", target: called(TARGETS) ?? names[1] ?? "", weight: called(WEIGHTS) ?? "" };
}

/** Which of two tables has the edges, where their columns are called as those of nodes and edges are; null where they are not. */
export function edgesAmong(tables: readonly (readonly string[])[]): number | null {
  const has = (place: number, usual: readonly string[]): boolean =>
    tables[place]?.some((name) => usual.includes(name.trim().toLowerCase())) === true;
  const isEdges = (place: number): boolean => has(place, SOURCES) && has(place, TARGETS);
  const places = tables.length === 2 ? [0, 1].filter((place) => isEdges(place) && has(1 - place, IDS) && !isEdges(1 - place)) : [];
  return places[0] ?? null;
}
