/**
 * A graph as the network takes it: nodes by number and edges as rows of source, target and weight, those into one node together. A row
 * of a table is a node of it, or becomes one: then edges go into it and none out of it, so that nothing else in the graph changes.
 */

export interface NodeGraph {
  readonly nodeCount: number;
  /** `[edges, 3]` */
  readonly edges: Float32Array;
  /** `[nodes, channels]`; null where nodes are told apart by nothing but their edges. */
  readonly features: NodeFeatures | null;
}

export interface NodeFeatures {
  readonly values: Float32Array;
  readonly channels: number;
}

/** Rows of a table as nodes. */
export interface GraphRows {
  /** Node of each row; −1 is a new one. */
  readonly nodes: Int32Array;
  /** Of each new row the edges that come into it, `[source, weight, …]`; empty for known ones. */
  readonly incoming: readonly Float32Array[];
  /** Links of new rows to nodes that the graph does not have: they count for nothing. */
  readonly unknownLinks?: number;
  /** Of all rows, `[rows, channels]`; null where nodes have none. */
  readonly features: NodeFeatures | null;
}

/** Edges collected one by one, and laid out in the order of their targets and, for one target, of their sources. */
export class EdgeList {
  private sources = new Int32Array(1024);
  private targets = new Int32Array(1024);
  private weights = new Float32Array(1024);
  private count = 0;

  add(source: number, target: number, weight: number): void {
    if (this.count === this.sources.length) this.grow();
    this.sources[this.count] = source;
    this.targets[this.count] = target;
    this.weights[this.count] = weight;
    this.count += 1;
  }

  addBoth(one: number, other: number, weight: number): void {
    this.add(one, other, weight);
    if (one !== other) this.add(other, one, weight);
  }

  /** @returns `[edges, 3]` */
  sorted(nodeCount: number): Float32Array {
    const bySource = this.orderBy(this.sources, nodeCount, null);
    const order = this.orderBy(this.targets, nodeCount, bySource);
    const edges = new Float32Array(3 * this.count);
    order.forEach((edge, i) => {
      edges[3 * i] = this.sources[edge] as number;
      edges[3 * i + 1] = this.targets[edge] as number;
      edges[3 * i + 2] = this.weights[edge] as number;
    });
    return edges;
  }

  /** A counting sort: edges that are equal keep the order in which they are given. */
  private orderBy(keys: Int32Array, nodeCount: number, given: Uint32Array | null): Uint32Array {
    const places = new Uint32Array(nodeCount + 1);
    for (let edge = 0; edge < this.count; edge += 1)
      places[(keys[edge] as number) + 1] = (places[(keys[edge] as number) + 1] as number) + 1;
    for (let node = 0; node < nodeCount; node += 1) places[node + 1] = (places[node + 1] as number) + (places[node] as number);
    const order = new Uint32Array(this.count);
    for (let i = 0; i < this.count; i += 1) {
      const edge = given === null ? i : (given[i] as number);
      const key = keys[edge] as number;
      order[places[key] as number] = edge;
      places[key] = (places[key] as number) + 1;
    }
    return order;
  }

  private grow(): void {
    const size = this.count * 2;
    const larger = <A extends Int32Array | Float32Array>(old: A, fresh: A): A => {
      fresh.set(old);
      return fresh;
    };
    this.sources = larger(this.sources, new Int32Array(size));
    this.targets = larger(this.targets, new Int32Array(size));
    this.weights = larger(this.weights, new Float32Array(size));
  }
}
