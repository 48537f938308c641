/** Look-ups in a graph about which many connections are asked one after the other: each is made at the first question, once. */
import type { EdgeDocument, GraphDocument, NodeDocument } from "./document.ts";
import { edgesBy, nodeMap, type PortReference } from "./ports.ts";

type End = "source" | "target";
const OTHER: Readonly<Record<End, End>> = { source: "target", target: "source" };

export class Wiring {
  private readonly graph: GraphDocument;
  private nodes: ReadonlyMap<string, NodeDocument> | null = null;
  private readonly byEnd: Partial<Record<End, ReadonlyMap<string, readonly EdgeDocument[]>>> = {};
  /** What a layer feeds over any number of others, and what feeds it; itself among them. */
  private readonly behind = new Map<string, ReadonlySet<string>>();
  private readonly before = new Map<string, ReadonlySet<string>>();

  constructor(graph: GraphDocument) {
    this.graph = graph;
  }

  node(id: string): NodeDocument | undefined {
    this.nodes ??= nodeMap(this.graph);
    return this.nodes.get(id);
  }

  /** The connections that come to a port, in the order of the document. */
  into({ node, port }: PortReference): readonly EdgeDocument[] {
    return this.edges("target", node).filter((edge) => edge.target_port === port);
  }

  /** Whether `to` can be reached from `from` along the edges; a layer reaches itself. One end is the same in most questions. */
  reaches(from: string, to: string): boolean {
    const known = this.behind.get(from)?.has(to) ?? this.before.get(to)?.has(from);
    if (known !== undefined) return known;
    this.behind.set(from, this.along(from, "source"));
    const before = this.along(to, "target");
    this.before.set(to, before);
    return before.has(from);
  }

  private edges(end: End, id: string): readonly EdgeDocument[] {
    const found = this.byEnd[end] ?? edgesBy(this.graph, end);
    this.byEnd[end] = found;
    return found.get(id) ?? [];
  }

  private along(start: string, end: End): ReadonlySet<string> {
    const seen = new Set([start]);
    // A set is gone through in the order in which it grows.
    for (const id of seen) for (const edge of this.edges(end, id)) seen.add(edge[OTHER[end]]);
    return seen;
  }
}
