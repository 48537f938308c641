/**
 * Looks inside a network whose rows are nodes of one graph, at one node: what runs is the whole graph, what is handed out is the node's
 * own part of it, so that views see a row like any other. Beside that it can cut a link of the node, to tell what the answer hangs on.
 */
import type { LayerFacts, NodeLink, Seen } from "../../insight/inside/look.ts";
import type { GraphPredictor } from "../graph-predictor.ts";
import type { InsideProbe, Objective, RowNumbers } from "./inside-probe.ts";

/** Of a node with more the heaviest links are cut one by one: each costs a pass over the graph. */
const MOST_LINKS = 200;

/** What looks at single rows and at single nodes have in common. */
export type RowProbe = Pick<
  InsideProbe,
  "forward" | "look" | "value" | "gradient" | "mask" | "isSame" | "taps" | "tapGradient" | "parameterGradient" | "loss"
>;

/** A layer as one node has it: without the axis of the nodes. */
export function ofOneNode(layer: LayerFacts, nodeCount: number): LayerFacts {
  return { ...layer, shapes: layer.shapes.map((shape) => (shape[0] === nodeCount ? shape.slice(1) : shape)) };
}

export class NodeProbe implements RowProbe {
  private readonly whole: InsideProbe;
  private readonly nodeCount: number;
  private readonly node: number;
  private readonly inputs: Record<string, Float32Array>;
  /** The input that the edges come in by. */
  private readonly edges: Float32Array;

  constructor(whole: InsideProbe, graph: GraphPredictor, node: number) {
    this.whole = whole;
    this.nodeCount = graph.graph.nodeCount;
    this.node = node;
    const { inputs, edges } = graph.inputsOfNode(node);
    this.inputs = inputs;
    this.edges = edges;
  }

  forward(row: RowNumbers): ReturnType<InsideProbe["forward"]> {
    const found = this.placed(row, () => this.whole.forward(this.inputs));
    return Object.fromEntries(Object.entries(found).map(([id, values]) => [id, this.own(values)]));
  }

  look(row: RowNumbers, targets: RowNumbers, objective: Objective): void {
    const spread = Object.entries(targets).map(([id, own]): [string, Float32Array] => {
      const all = new Float32Array(this.nodeCount * own.length);
      all.set(Float32Array.from(own), this.node * own.length);
      return [id, all];
    });
    this.placed(row, () => this.whole.look(this.inputs, Object.fromEntries(spread), this.ofWhole(objective)));
  }

  value(name: string): Seen | null {
    return this.seen(this.whole.value(name));
  }

  gradient(name: string): Seen | null {
    return this.seen(this.whole.gradient(name));
  }

  mask(name: string): Seen | null {
    return this.seen(this.whole.mask(name));
  }

  isSame(a: string, b: string): boolean {
    return this.whole.isSame(a, b);
  }

  taps(nodeId: string): ReturnType<InsideProbe["taps"]> {
    return this.whole.taps(nodeId);
  }

  tapGradient(nodeId: string, name: string): Seen | null {
    return this.whole.tapGradient(nodeId, name);
  }

  parameterGradient(fullName: string): Float32Array | null {
    return this.whole.parameterGradient(fullName);
  }

  get loss(): number {
    return this.whole.loss;
  }

  /** Of the node, the heaviest first. @param nameOf a node by its number @param score what is explained, with the graph as it is then */
  links(nameOf: (node: number) => string, score: () => number): { readonly links: NodeLink[]; readonly count: number } {
    const { edges, node } = this;
    const places = new Map<number, number[]>();
    for (let place = 0; place < edges.length; place += 3) {
      if (edges[place + 2] === 0) continue;
      const [source, target] = [edges[place] as number, edges[place + 1] as number];
      if (source === node || target === node) {
        const other = source === node ? target : source;
        places.set(other, [...(places.get(other) ?? []), place]);
      }
    }
    const weightAt = (own: readonly number[]): number => Math.max(...own.map((place) => edges[place + 2] as number));
    const heaviest = [...places].sort(([, a], [, b]) => weightAt(b) - weightAt(a)).slice(0, MOST_LINKS);
    const links = heaviest.map(([other, own]): NodeLink => {
      const weight = weightAt(own);
      const weights = own.map((place) => edges[place + 2] as number);
      for (const place of own) edges[place + 2] = 0;
      const scoreWithout = score();
      own.forEach((place, i) => (edges[place + 2] = weights[i] as number));
      return { name: nameOf(other), weight, scoreWithout };
    });
    return { links, count: places.size };
  }

  /** Runs with the node's own numbers in place, and puts back what stood there. */
  private placed<T>(row: RowNumbers, act: () => T): T {
    const before = Object.entries(row).map(([id, values]) => {
      const all = this.inputs[id] as Float32Array;
      const start = this.node * values.length;
      const kept = all.slice(start, start + values.length);
      all.set(Float32Array.from(values), start);
      return () => all.set(kept, start);
    });
    const found = act();
    for (const back of before) back();
    return found;
  }

  private ofWhole(objective: Objective): Objective {
    if (objective.loss) return objective;
    const { size } = this.whole.outputOf(objective.outputId);
    return { ...objective, place: this.node * (size / this.nodeCount) + objective.place };
  }

  private own(values: ArrayLike<number>): Float32Array {
    const width = values.length / this.nodeCount;
    return Float32Array.from({ length: width }, (_, k) => values[this.node * width + k] as number);
  }

  private seen(found: Seen | null): Seen | null {
    if (found === null || found.shape[0] !== this.nodeCount) return found;
    return { shape: found.shape.slice(1), values: this.own(found.values) };
  }
}
