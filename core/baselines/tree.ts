/**
 * A decision tree (CART): each split is the threshold that leaves least impurity, Gini's of classes or the variance of numbers. Rows
 * without a value go to the side that suits the training rows better, as in scikit-learn; never seen missing, to the larger side.
 */
import type { BaselineRows, BaselineTask, Predict } from "./baseline.ts";

export interface TreeOptions {
  readonly leastRows: number;
  readonly mostDepth: number;
  /** Features that are tried at a split, in this order; all when null. */
  readonly features: (() => Uint32Array) | null;
}

/** A leaf has no `left`. */
interface Node {
  /** Shares of the classes, or the mean. */
  answer: Float64Array;
  feature: number;
  threshold: number;
  missingLeft: boolean;
  left: Node | null;
  right: Node | null;
}

/** Values that are nearer than this are the same to a split. */
const SAME = 1e-7;
const MISSING = 0xffffffff;

/** Ranks of the values of each feature, `[feature][row]`: made once for all trees over the same rows. */
export function ranksOf({ inputs, rows }: BaselineRows, width: number): readonly Uint32Array[] {
  return Array.from({ length: width }, (_, feature) => {
    const values = Float64Array.from({ length: rows }, (__, row) => inputs[row * width + feature] as number);
    const distinct = [...new Set(values.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
    const places = new Map(distinct.map((value, place) => [value, place]));
    return Uint32Array.from(values, (value) => places.get(value) ?? MISSING);
  });
}

/** @param chosen rows of the training part to learn from; a row may come several times */
export function* growTree(
  training: BaselineRows,
  task: BaselineTask,
  ranks: readonly Uint32Array[],
  chosen: Uint32Array,
  options: TreeOptions,
): Generator<void, Predict> {
  const grower = new Grower(training, task, ranks, options);
  const root = grower.leaf(chosen);
  const open: { readonly node: Node; readonly rows: Uint32Array; readonly depth: number }[] = [{ node: root, rows: chosen, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, rows, depth } = next;
    if (depth >= options.mostDepth || rows.length < 2 * options.leastRows) continue;
    const split = yield* grower.bestSplit(rows);
    if (split === null) continue;
    Object.assign(node, { feature: split.feature, threshold: split.threshold, missingLeft: split.missingLeft });
    const [left, right] = [split.left, split.right].map((own) => ({ node: grower.leaf(own), rows: own, depth: depth + 1 })) as [
      (typeof open)[number],
      (typeof open)[number],
    ];
    node.left = left.node;
    node.right = right.node;
    open.push(right, left);
  }
  return predictorOf(root, task);
}

function predictorOf(root: Node, { width, count }: BaselineTask): Predict {
  return (inputs, rows) => {
    const answer = new Float64Array(rows * count);
    for (let row = 0; row < rows; row += 1) {
      let node = root;
      while (node.left !== null && node.right !== null) {
        const value = inputs[row * width + node.feature] as number;
        const goesLeft = Number.isNaN(value) ? node.missingLeft : value <= node.threshold;
        node = goesLeft ? node.left : node.right;
      }
      answer.set(node.answer, row * count);
    }
    return answer;
  };
}

interface Cut {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly gain: number;
}

class Grower {
  private readonly training: BaselineRows;
  private readonly task: BaselineTask;
  private readonly ranks: readonly Uint32Array[];
  private readonly options: TreeOptions;
  private readonly all: Uint32Array;

  constructor(training: BaselineRows, task: BaselineTask, ranks: readonly Uint32Array[], options: TreeOptions) {
    this.training = training;
    this.task = task;
    this.ranks = ranks;
    this.options = options;
    this.all = Uint32Array.from({ length: task.width }, (_, feature) => feature);
  }

  leaf(rows: Uint32Array): Node {
    const sums = this.empty();
    for (const row of rows) this.add(sums, row, 1);
    const total = sums[0] as number;
    const answer = this.task.kind === "numbers" ? Float64Array.of((sums[1] as number) / total) : sums.slice(1).map((sum) => sum / total);
    return { answer, feature: 0, threshold: 0, missingLeft: false, left: null, right: null };
  }

  *bestSplit(
    rows: Uint32Array,
  ): Generator<void, { feature: number; threshold: number; missingLeft: boolean; left: Uint32Array; right: Uint32Array } | null> {
    const whole = this.empty();
    for (const row of rows) this.add(whole, row, 1);
    const purity = this.purity(whole);
    if (this.isPure(rows)) return null;
    let best: Cut | null = null;
    let work = 0;
    for (const feature of this.options.features?.() ?? this.all) {
      const cut = this.bestCut(rows, feature, whole);
      if (cut !== null && cut.gain > (best?.gain ?? purity)) best = cut;
      work += rows.length;
      if (work > 300_000) {
        work = 0;
        yield;
      }
    }
    if (best === null) return null;
    const { inputs } = this.training;
    const { feature, threshold, missingLeft } = best;
    const goesLeft = (row: number): boolean => {
      const value = inputs[row * this.task.width + feature] as number;
      return Number.isNaN(value) ? missingLeft : value <= threshold;
    };
    return { feature, threshold, missingLeft, left: rows.filter(goesLeft), right: rows.filter((row) => !goesLeft(row)) };
  }

  private isPure(rows: Uint32Array): boolean {
    const { targets } = this.training;
    const first = targets[rows[0] as number];
    return rows.every((row) => targets[row] === first);
  }

  private bestCut(rows: Uint32Array, feature: number, whole: Float64Array): Cut | null {
    const ranks = this.ranks[feature] as Uint32Array;
    const present = rows.filter((row) => ranks[row] !== MISSING);
    const missing = present.length === rows.length ? null : rows.filter((row) => ranks[row] === MISSING);
    const scale = this.training.rows;
    const keys = Float64Array.from(present, (row) => (ranks[row] as number) * scale + row).sort();
    const sorted = Uint32Array.from(keys, (key) => key % scale);
    const absent = this.empty();
    for (const row of missing ?? []) this.add(absent, row, 1);
    let best: Cut | null = null;
    for (const missingLeft of missing === null ? [false] : [false, true]) {
      const found = this.along(
        sorted,
        feature,
        whole,
        missingLeft ? absent : this.empty(),
        missingLeft ? (missing?.length ?? 0) : 0,
        rows.length,
      );
      if (found !== null && found.gain > (best?.gain ?? Number.NEGATIVE_INFINITY)) best = { ...found, missingLeft };
    }
    if (missing !== null && best !== null) return best.threshold === Number.POSITIVE_INFINITY ? { ...best, missingLeft: false } : best;
    // Without missing rows here, one that comes later goes with most.
    return best === null ? null : { ...best, missingLeft: this.leftIsLarger(sorted, feature, best.threshold) };
  }

  private leftIsLarger(sorted: Uint32Array, feature: number, threshold: number): boolean {
    let left = 0;
    for (const row of sorted) if ((this.training.inputs[row * this.task.width + feature] as number) <= threshold) left += 1;
    return 2 * left > sorted.length;
  }

  private along(sorted: Uint32Array, feature: number, whole: Float64Array, left: Float64Array, before: number, count: number): Cut | null {
    const { inputs } = this.training;
    const { width } = this.task;
    const { leastRows } = this.options;
    const valueAt = (place: number): number => inputs[(sorted[place] as number) * width + feature] as number;
    const right = whole.map((sum, i) => sum - (left[i] as number));
    let best: Cut | null = null;
    for (let place = 0; place < sorted.length; place += 1) {
      this.add(left, sorted[place] as number, 1);
      this.add(right, sorted[place] as number, -1);
      const isLast = place === sorted.length - 1;
      const [inLeft, inRight] = [before + place + 1, count - before - place - 1];
      if (inRight === 0 || (!isLast && valueAt(place + 1) <= valueAt(place) + SAME)) continue;
      if (inLeft < leastRows || inRight < leastRows) continue;
      const gain = this.purity(left) + this.purity(right);
      if (gain <= (best?.gain ?? Number.NEGATIVE_INFINITY)) continue;
      // After the last value only the missing ones are on the right.
      const threshold = isLast ? Number.POSITIVE_INFINITY : valueAt(place) / 2 + valueAt(place + 1) / 2;
      best = { feature, threshold: threshold === valueAt(place + 1) ? valueAt(place) : threshold, missingLeft: false, gain };
    }
    return best;
  }

  /** Weight, then the weighted sum of the targets, or the weight of each class. */
  private empty(): Float64Array {
    return new Float64Array(1 + this.task.count);
  }

  private add(sums: Float64Array, row: number, sign: 1 | -1): void {
    const { targets, weights } = this.training;
    const weight = sign * (weights === null ? 1 : (weights[row] as number));
    const target = targets[row] as number;
    sums[0] = (sums[0] as number) + weight;
    const place = this.task.kind === "numbers" ? 1 : 1 + target;
    sums[place] = (sums[place] as number) + (this.task.kind === "numbers" ? weight * target : weight);
  }

  /** Higher is purer: Σ (sum of a class)² / weight, or (sum of the targets)² / weight. */
  private purity(sums: Float64Array): number {
    let squares = 0;
    for (let i = 1; i < sums.length; i += 1) squares += (sums[i] as number) ** 2;
    return (sums[0] as number) === 0 ? 0 : squares / (sums[0] as number);
  }
}
