/** Makes a failing design smaller as long as it fails: fewer outputs, fewer layers, defaults in place of options, a plainer training. */
import type { GraphDocument, NodeDocument } from "../../core/graph/document.ts";
import type { ParityDesign } from "./design.ts";

const MOST_TRIES = 150;

/** @param fails whether a smaller design still shows the same */
export async function shrink(design: ParityDesign, fails: (smaller: ParityDesign) => Promise<boolean>): Promise<ParityDesign> {
  let current = design;
  let tries = 0;
  for (let progress = true; progress && tries < MOST_TRIES; ) {
    progress = false;
    for (const smaller of smallerThan(current)) {
      if (++tries > MOST_TRIES) break;
      if (!(await fails(smaller))) continue;
      current = smaller;
      progress = true;
      break;
    }
  }
  return { ...current, name: `${design.name}-small` };
}

function* smallerThan(design: ParityDesign): Generator<ParityDesign> {
  const { graph } = design;
  for (const node of graph.nodes) {
    yield withGraph(design, withoutBranch(graph, node));
    const passed = withoutNode(graph, node);
    if (passed !== null) yield withGraph(design, passed);
  }
  for (const node of graph.nodes)
    for (const name of Object.keys(node.config)) {
      const { [name]: _, ...config } = node.config;
      yield withGraph(design, { ...graph, nodes: graph.nodes.map((one) => (one === node ? { ...node, config } : one)) });
    }
  const { optimizer, ...rest } = design.train;
  if (Object.keys(rest).length > 0) yield { ...design, train: { optimizer } };
  const plain = { type: "sgd", learning_rate: 0.01 };
  if (JSON.stringify(optimizer) !== JSON.stringify(plain)) yield { ...design, train: { ...rest, optimizer: plain } };
  if (design.steps > 1) yield { ...design, steps: design.steps - 1 };
  if (design.batch > 1) yield { ...design, batch: 1 };
}

/** A node and all that depends on it, and what nothing depends on any more. */
function withoutBranch(graph: GraphDocument, node: NodeDocument): GraphDocument {
  const gone = new Set([node.id]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { source, target } of graph.edges)
      if (gone.has(source) && !gone.has(target)) {
        gone.add(target);
        grew = true;
      }
    for (const { id, shared_with } of graph.nodes)
      if (shared_with !== null && gone.has(shared_with) && !gone.has(id)) {
        gone.add(id);
        grew = true;
      }
  }
  return keep(graph, (id) => !gone.has(id));
}

/** What came into the node goes on to where it went. */
function withoutNode(graph: GraphDocument, node: NodeDocument): GraphDocument | null {
  const into = graph.edges.find(({ target }) => target === node.id);
  const out = graph.edges.filter(({ source }) => source === node.id);
  if (into === undefined || out.length === 0 || graph.nodes.some(({ shared_with }) => shared_with === node.id)) return null;
  const edges = graph.edges.flatMap((edge) => {
    if (edge.target === node.id) return [];
    return edge.source === node.id ? [{ ...edge, source: into.source, source_port: into.source_port }] : [edge];
  });
  return { ...graph, nodes: graph.nodes.filter((one) => one !== node), edges };
}

const keep = (graph: GraphDocument, kept: (id: string) => boolean): GraphDocument => ({
  ...graph,
  nodes: graph.nodes.filter(({ id }) => kept(id)),
  edges: graph.edges.filter(({ source, target }) => kept(source) && kept(target)),
});

/** Without the nodes that lead to no output any more. */
function withGraph(design: ParityDesign, graph: GraphDocument): ParityDesign {
  const isEnd = (id: string): boolean => !design.graph.edges.some(({ source }) => source === id);
  const needed = new Set(graph.nodes.filter(({ id }) => isEnd(id)).map(({ id }) => id));
  for (let grew = true; grew; ) {
    const before = needed.size;
    for (const { source, target } of graph.edges) if (needed.has(target)) needed.add(source);
    for (const { id, shared_with } of graph.nodes) if (needed.has(id) && shared_with !== null) needed.add(shared_with);
    grew = needed.size > before;
  }
  const small = keep(graph, (id) => needed.has(id));
  return { ...design, graph: small, inputs: Object.fromEntries(Object.entries(design.inputs).filter(([id]) => needed.has(id))) };
}
