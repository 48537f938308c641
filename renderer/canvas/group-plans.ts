/** Which layers and connections each group is drawn from: looked up once, as long as groups, connections and layers are the same. */
import type { EdgeDocument, GraphDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { sameList } from "./same-list.ts";

export interface GroupPlan {
  readonly group: GroupDocument;
  /** Places among the design's layers: of its own, and with those outside that give to them. */
  readonly members: readonly number[];
  readonly near: readonly number[];
  /** Of its layers, in the order of the design. */
  readonly edges: readonly EdgeDocument[];
}

export interface GroupPlans {
  readonly plans: readonly GroupPlan[];
  /** The group of each connection that stays inside of one, by id. */
  readonly groupOfLink: ReadonlyMap<string, string>;
}

export class GroupPlanner {
  private of: GraphDocument | null = null;
  private found: GroupPlans = { plans: [], groupOfLink: new Map() };

  plansOf(graph: GraphDocument): GroupPlans {
    const before = this.of;
    const same =
      before !== null &&
      sameList(before.groups, graph.groups) &&
      sameList(before.edges, graph.edges) &&
      sameLayers(before.nodes, graph.nodes);
    if (!same) this.found = plansOf(graph);
    this.of = graph;
    return this.found;
  }
}

const sameLayers = (a: readonly NodeDocument[], b: readonly NodeDocument[]): boolean =>
  a.length === b.length && a.every((node, index) => node === b[index] || node.id === b[index]?.id);

function plansOf({ nodes, edges, groups }: GraphDocument): GroupPlans {
  const plans = new Map(
    groups.map((group) => [group.id, { group, members: [] as number[], givers: new Set<number>(), edges: [] as EdgeDocument[] }]),
  );
  const planOf = new Map(groups.flatMap(({ id, node_ids }) => node_ids.map((node) => [node, plans.get(id)] as const)));
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  for (const [id, place] of places) planOf.get(id)?.members.push(place);
  const groupOfLink = new Map<string, string>();
  for (const edge of edges) {
    const [from, into] = [planOf.get(edge.source), planOf.get(edge.target)];
    from?.edges.push(edge);
    if (from === into) {
      if (into !== undefined) groupOfLink.set(edge.id, into.group.id);
      continue;
    }
    into?.edges.push(edge);
    const giver = places.get(edge.source);
    if (giver !== undefined) into?.givers.add(giver);
  }
  // A design that is kept may hold a group without layers: it has no place.
  const drawn = [...plans.values()].filter(({ members }) => members.length > 0);
  return {
    plans: drawn.map(({ givers, ...plan }) => ({ ...plan, near: [...plan.members, ...givers].sort((a, b) => a - b) })),
    groupOfLink,
  };
}
