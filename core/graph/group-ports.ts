/** The ports of a group that is drawn as one: those of its layers that lead out of it, and those that nothing is joined to yet. */
import type { Shape } from "../ir/tensor.ts";
import { layerDefinition } from "../layers/registry.ts";
import type { EdgeDocument, GraphDocument, GroupDocument, NodeDocument } from "./document.ts";
import type { LayerLookup, PortReference } from "./ports.ts";

export interface GroupPort extends PortReference {
  readonly id: string;
  /** Of the layer that it stands for. */
  readonly name: string;
  /** What comes or goes there; null while it is not known. */
  readonly shape: Shape | null;
  /** Its place on its side: ports that one output feeds stand on one. */
  readonly row: number;
}
export interface GroupPorts {
  readonly inputs: readonly GroupPort[];
  readonly outputs: readonly GroupPort[];
}

/** So many ports of one side that nothing is joined to are shown. */
const MOST_OPEN = 6;

/** How many places a side has. */
export const portRows = (ports: readonly Pick<GroupPort, "row">[]): number => ports.reduce((rows, { row }) => Math.max(rows, row + 1), 0);

/** Connections that are drawn as one: from the same output into the same collapsed group. */
export function bundledEdges({ edges, groups }: GraphDocument, edgeId: string): readonly string[] {
  const one = edges.find(({ id }) => id === edgeId);
  const into = groups.find(({ collapsed, node_ids }) => collapsed && one !== undefined && node_ids.includes(one.target));
  if (one === undefined || into === undefined || into.node_ids.includes(one.source)) return [edgeId];
  return edges
    .filter((edge) => edge.source === one.source && edge.source_port === one.source_port && into.node_ids.includes(edge.target))
    .map(({ id }) => id);
}

/** Of one side: `outputs` are where connections begin. */
export const groupPortId = ({ node, port }: PortReference): string => `${node} ${port}`;

/** @param given the shapes that a layer gives, one a port; null while they are not known */
export function groupPorts(
  graph: GraphDocument,
  group: GroupDocument,
  given: (node: string) => readonly Shape[] | null,
  lookup: LayerLookup = layerDefinition,
): GroupPorts {
  const ids = new Set(group.node_ids);
  const members = graph.nodes.filter(({ id }) => ids.has(id));
  const [into, from] = [new Map<string, EdgeDocument[]>(), new Map<string, EdgeDocument[]>()];
  for (const edge of graph.edges) {
    if (ids.has(edge.target)) listed(into, edge.target).push(edge);
    if (ids.has(edge.source)) listed(from, edge.source).push(edge);
  }
  const types = new Map(graph.nodes.map(({ id, type }) => [id, type]));
  const shapeFrom = ({ source, source_port }: EdgeDocument): Shape | null => {
    const place = lookup(types.get(source) ?? "")?.ports.outputs.findIndex(({ name }) => name === source_port) ?? -1;
    return given(source)?.[place] ?? null;
  };
  const inputs = members.flatMap((node) => {
    const edges = into.get(node.id) ?? [];
    const known = lookup(node.type)?.ports.inputs ?? named(edges.map(({ target_port }) => target_port));
    return known.flatMap(({ name, optional }): Found[] => {
      const here = edges.filter(({ target_port }) => target_port === name);
      const crossing = here.find(({ source }) => !ids.has(source));
      if (crossing === undefined && (here.length > 0 || optional === true)) return [];
      if (crossing === undefined) return [found(node, name, null, null)];
      // What takes several from outside shares no place: not all that comes there comes from one.
      const several = here.filter(({ source }) => !ids.has(source)).length > 1;
      const feeds = several ? groupPortId({ node: node.id, port: name }) : `${crossing.source_port} of ${crossing.source}`;
      return [found(node, name, shapeFrom(crossing), feeds)];
    });
  });
  const outputs = members.flatMap((node) => {
    const edges = from.get(node.id) ?? [];
    const known = lookup(node.type)?.ports.outputs ?? named(edges.map(({ source_port }) => source_port));
    return known.flatMap(({ name }, place): Found[] => {
      const crosses = edges.some(({ source_port, target }) => source_port === name && !ids.has(target));
      // Of a layer that nothing takes from the first output stands for the others.
      if (!crosses && (edges.length > 0 || place > 0)) return [];
      return [found(node, name, given(node.id)?.[place] ?? null, crosses ? groupPortId({ node: node.id, port: name }) : null)];
    });
  });
  return { inputs: shown(inputs), outputs: shown(outputs) };
}

/** `of` says what a port shares its place with; null where nothing is joined to it. */
type Found = Omit<GroupPort, "row"> & { readonly of: string | null };

const found = (node: NodeDocument, port: string, shape: Shape | null, of: string | null): Found => {
  const at = { node: node.id, port };
  return { id: groupPortId(at), ...at, name: node.name, shape, of };
};

const named = (names: readonly string[]): readonly { readonly name: string; readonly optional?: boolean }[] =>
  [...new Set(names)].map((name) => ({ name }));

function shown(ports: readonly Found[]): readonly GroupPort[] {
  let open = 0;
  const rows = new Map<string, number>();
  return ports
    .filter(({ of }) => of !== null || ++open <= MOST_OPEN)
    .map(({ of, ...port }) => {
      const place = of ?? port.id;
      const row = rows.get(place) ?? rows.size;
      rows.set(place, row);
      return { ...port, row };
    });
}

function listed(map: Map<string, EdgeDocument[]>, id: string): EdgeDocument[] {
  const known = map.get(id) ?? [];
  map.set(id, known);
  return known;
}
