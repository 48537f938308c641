/**
 * Predicting where the rows are nodes of one graph. The network is made for the graph it was trained on with room for new nodes; rows
 * that the graph knows are read off at their node, others are put in, with edges into them and none out, so that what is said of a row
 * does not depend on the rows beside it. Weights that belong to single nodes (those of a layer without features) are 0 for new ones.
 */

import type { DataNeeds } from "../data/data-needs.ts";
import type { GraphRows, NodeGraph } from "../data/graph/node-graph.ts";
import { masks, nodeGraph, sharedInputs } from "../data/graph/prepare-graph.ts";
import type { FittedGraph, FittedPipeline, PreparedPart } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import type { GraphDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import { makeModelSpec } from "../spec/model.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import type { OutputInfo } from "./evaluate.ts";
import type { Network } from "./network.ts";
import { foundOfNodes } from "./node-rows.ts";
import { factsOf } from "./prepare-design.ts";
import type { Evaluated } from "./row-evaluation.ts";

/** Nodes and edges that may be added at once; more rows take several passes. */
const SPARE_NODES = 1024;
const SPARE_EDGES = 2 ** 17;

/** Some rows, one after the other, and where they stand in the graph. */
interface Pass {
  readonly first: number;
  readonly nodes: readonly number[];
  readonly inputs: Readonly<Record<string, Rows>>;
}

export class GraphPredictor {
  /** With room: its nodes and edges are those that the network is made for. */
  readonly graph: NodeGraph;
  private readonly trained: NodeGraph;
  private readonly needs: DataNeeds;

  constructor(fitted: FittedGraph, needs: DataNeeds) {
    this.trained = nodeGraph(fitted);
    this.needs = needs;
    this.graph = withRoom(this.trained);
  }

  get trainedNodes(): number {
    return this.trained.nodeCount;
  }

  /** The network of a design, made for the graph with its room. */
  spec(design: GraphDocument, pipeline: FittedPipeline): ModelSpec {
    const { nodeCount } = this.graph;
    const inputs = { ...sharedInputs(this.needs, this.graph), ...masks(this.needs, nodeCount, []) };
    const targets = Object.fromEntries(
      this.needs.outputs.map(({ nodeId }) => [nodeId, { values: new Float32Array(nodeCount), shape: [nodeCount] }]),
    );
    return makeModelSpec(design, factsOf({ training: this.sample(inputs, targets), pipeline }, this.needs));
  }

  /**
   * What the network says of rows, in as few passes as there is room for.
   * @param targets of the rows, `[rows]`, by output node; none for predictions alone
   * @param outputs as one node has them
   */
  evaluate(network: Network, rows: GraphRows, targets: Readonly<Record<string, Rows>>, outputs: readonly OutputInfo[]): Evaluated {
    const predictions = Object.fromEntries(
      outputs.map(({ layer }) => [layer.id, new Float32Array(rows.nodes.length * sizeOf(layer.shape))]),
    );
    let loss = 0;
    const losses: Record<string, number> = {};
    for (const pass of this.split(rows, targets)) {
      const own = Object.entries(targets).map(([id, { values }]): [string, Rows] => [id, this.spread(pass, values)]);
      const found = network.evaluate(this.sample(pass.inputs, Object.fromEntries(own)));
      for (const [id, values] of Object.entries(foundOfNodes(found, pass.nodes, outputs).predictions))
        predictions[id]?.set(values, (pass.first * values.length) / pass.nodes.length);
      const share = pass.nodes.length / rows.nodes.length;
      loss += share * found.loss;
      for (const [id, value] of Object.entries(found.losses)) losses[id] = (losses[id] ?? 0) + share * value;
    }
    return { loss, losses, predictions, masks: {} };
  }

  /** The numbers of all inputs, in arrays of their own, where one node counts; the edges once more by themselves. */
  inputsOfNode(node: number): { readonly inputs: Record<string, Float32Array>; readonly edges: Float32Array } {
    const edges = this.graph.edges.slice();
    const rows = { ...sharedInputs(this.needs, { ...this.graph, edges }), ...masks(this.needs, this.graph.nodeCount, [node]) };
    const own = Object.entries(rows).map(([id, { values }]) => [id, values === edges ? edges : values.slice()] as const);
    return { inputs: Object.fromEntries(own), edges };
  }

  /** The numbers of a node itself by input; nothing where nodes have none. */
  featuresOfNode(node: number): Record<string, Rows> {
    const { features } = this.graph;
    if (features === null) return {};
    const { values, channels } = features;
    const own = { values: values.slice(node * channels, (node + 1) * channels), shape: [channels] };
    return Object.fromEntries(this.needs.inputs.flatMap(({ nodeId, feeds }) => (feeds === undefined ? [[nodeId, own] as const] : [])));
  }

  private sample(inputs: PreparedPart["inputs"], targets: PreparedPart["targets"]): PreparedPart {
    return { rowCount: 1, rowIds: Uint32Array.of(0), inputs, targets };
  }

  private spread({ first, nodes }: Pass, values: Float32Array): Rows {
    const all = new Float32Array(this.graph.nodeCount);
    nodes.forEach((node, i) => {
      all[node] = values[first + i] as number;
    });
    return { values: all, shape: [this.graph.nodeCount] };
  }

  /** A pass ends where there is no more room, and before a row that is the node of another and has another target. */
  private *split({ nodes, incoming, features }: GraphRows, targets: Readonly<Record<string, Rows>>): Generator<Pass, void, void> {
    const [target] = Object.values(targets);
    let at = 0;
    while (at < nodes.length) {
      const pass = { first: at, nodes: [] as number[] };
      const edges = this.graph.edges.slice();
      const own = this.graph.features;
      const values = own?.values.slice();
      const taken = new Map<number, number | undefined>();
      let [fresh, edge] = [this.trained.nodeCount, this.trained.edges.length / 3];
      for (; at < nodes.length; at += 1) {
        const known = nodes[at] as number;
        const links = incoming[at] ?? new Float32Array(0);
        if (known >= 0 && taken.has(known) && taken.get(known) !== target?.values[at]) break;
        if (known < 0 && (fresh === this.graph.nodeCount || edge + links.length / 2 > edges.length / 3)) break;
        pass.nodes.push(known >= 0 ? known : fresh);
        if (known >= 0) {
          taken.set(known, target?.values[at]);
          continue;
        }
        for (let i = 0; i < links.length; i += 2, edge += 1) edges.set([links[i] as number, fresh, links[i + 1] as number], 3 * edge);
        if (features !== null) {
          const { channels } = features;
          values?.set(features.values.subarray(at * channels, (at + 1) * channels), fresh * channels);
        }
        fresh += 1;
      }
      const grown = { ...this.graph, edges, features: own === null || values === undefined ? null : { ...own, values } };
      yield { ...pass, inputs: { ...sharedInputs(this.needs, grown), ...masks(this.needs, grown.nodeCount, pass.nodes) } };
    }
  }
}

/** Edges of no weight and nodes without edges: they change nothing. */
function withRoom({ nodeCount, edges, features }: NodeGraph): NodeGraph {
  const more = new Float32Array(edges.length + 3 * SPARE_EDGES);
  more.set(edges);
  if (features === null) return { nodeCount: nodeCount + SPARE_NODES, edges: more, features: null };
  const values = new Float32Array(features.values.length + SPARE_NODES * features.channels);
  values.set(features.values);
  return { nodeCount: nodeCount + SPARE_NODES, edges: more, features: { ...features, values } };
}
