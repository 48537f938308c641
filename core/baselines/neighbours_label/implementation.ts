/**
 * Labels go along the edges: training nodes keep theirs, every other node takes the weighted mean of what comes into it, until nothing
 * changes. A row is then answered by what comes into its node, its own label left out; where no label comes, by the shares of the classes.
 */
import { type BaselineImplementation, WORK_A_YIELD } from "../baseline.ts";

const MOST_ROUNDS = 100;
const STILL = 1e-6;

export default {
  *fit({ targets, rows, nodes = [] }, { graph, count }) {
    if (graph === undefined) throw new Error("labels of neighbours without a graph");
    const { edges, nodeCount } = graph;
    const labels = new Float64Array(nodeCount * count);
    const isKnown = new Uint8Array(nodeCount);
    const shares = new Float64Array(count);
    for (let row = 0; row < rows; row += 1) {
      const [node, label] = [nodes[row] as number, targets[row] as number];
      labels[node * count + label] = 1;
      isKnown[node] = 1;
      shares[label] = (shares[label] as number) + 1 / rows;
    }
    const starts = startsOf(edges, nodeCount);
    const incoming = (node: number): Incoming => ({
      from: starts[node] as number,
      to: starts[node + 1] as number,
      source: (edge) => edges[3 * edge] as number,
      weight: (edge) => (edges[3 * edge] === node ? 0 : (edges[3 * edge + 2] as number)),
    });
    const found = new Float64Array(count);
    const roundsAYield = Math.max(1, Math.floor(WORK_A_YIELD / (edges.length * count + 1)));
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      let change = 0;
      for (let node = 0; node < nodeCount; node += 1) {
        if (isKnown[node] === 1 || !meanInto(found, labels, incoming(node))) continue;
        for (let k = 0; k < count; k += 1) {
          change = Math.max(change, Math.abs((found[k] as number) - (labels[node * count + k] as number)));
          labels[node * count + k] = found[k] as number;
        }
      }
      if (change < STILL) break;
      if (round % roundsAYield === roundsAYield - 1) yield;
    }
    return {
      predict: (_, asked, given) => {
        const answer = new Float64Array(asked * count);
        for (let row = 0; row < asked; row += 1) {
          const node = given?.nodes[row] ?? -1;
          const isThere = meanInto(found, labels, node < 0 ? newOne(given?.incoming[row] ?? []) : incoming(node));
          answer.set(isThere ? found : shares, row * count);
        }
        return answer;
      },
    };
  },
} satisfies BaselineImplementation;

/** Edges `from` to before `to` into one node. */
interface Incoming {
  readonly from: number;
  readonly to: number;
  readonly source: (edge: number) => number;
  readonly weight: (edge: number) => number;
}

const newOne = (pairs: ArrayLike<number>): Incoming => ({
  from: 0,
  to: pairs.length / 2,
  source: (edge) => pairs[2 * edge] as number,
  weight: (edge) => pairs[2 * edge + 1] as number,
});

/** Where the edges into each node begin. */
function startsOf(edges: ArrayLike<number>, nodeCount: number): Uint32Array {
  const starts = new Uint32Array(nodeCount + 1);
  for (let edge = 0; edge < edges.length / 3; edge += 1) {
    const target = edges[3 * edge + 1] as number;
    starts[target + 1] = (starts[target + 1] as number) + 1;
  }
  for (let node = 0; node < nodeCount; node += 1) starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number);
  return starts;
}

/** @returns false where no label comes in */
function meanInto(out: Float64Array, labels: Float64Array, { from, to, source, weight }: Incoming): boolean {
  out.fill(0);
  let total = 0;
  for (let edge = from; edge < to; edge += 1) {
    const [node, own] = [source(edge), weight(edge)];
    for (let k = 0; k < out.length; k += 1) {
      const share = own * (labels[node * out.length + k] as number);
      out[k] = (out[k] as number) + share;
      total += share;
    }
  }
  if (total <= 0) return false;
  for (let k = 0; k < out.length; k += 1) out[k] = (out[k] as number) / total;
  return true;
}
