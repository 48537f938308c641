/**
 * What a baseline is: a model of textbooks that a network should beat. It learns from the same prepared rows and is judged by the
 * same figures. Its words and where it fits are its definition; its maths are apart, in implementation.ts.
 */

/** What is asked: one number, or one of several classes. */
export interface BaselineTask {
  readonly kind: "numbers" | "classes";
  /** Classes; 1 for a number. */
  readonly count: number;
  /** Numbers a row. */
  readonly width: number;
  /** Words are counted among the features, so that every number is 0 or more. */
  readonly words: boolean;
  /** Of a time series: what the numbers of a row are. */
  readonly window: BaselineWindow | null;
  /** What is asked is one of the steps of a sequence, each of which is a question of its own. */
  readonly isStep?: true;
  /** Of rows that are nodes of one graph: how these hang together. */
  readonly graph?: BaselineGraph;
  /** Of an autoencoder: the row itself is asked back, `count` is `width`; as many numbers as its narrowest layer has. */
  readonly restores?: { readonly narrowest: number };
}

export interface BaselineGraph {
  readonly nodeCount: number;
  /** `[edges, 3]`: source, target, weight; those into one node lie together. */
  readonly edges: ArrayLike<number>;
}

/** Rows as nodes of a graph: those that it holds by their number, new ones (−1) by what comes into them, `[source, weight, …]`. */
export interface AskedNodes {
  readonly nodes: ArrayLike<number>;
  /** Of each row; left out where none is new. */
  readonly incoming: readonly ArrayLike<number>[];
}
export interface BaselineWindow {
  readonly length: number;
  readonly horizon: number;
  /** Columns of each step, and which of them is the target; -1 when it is none of them. */
  readonly columns: number;
  readonly target: number;
}

export interface BaselineRows {
  readonly rows: number;
  /** Row-major `[rows, width]`; NaN is missing. */
  readonly inputs: ArrayLike<number>;
  /** `[rows]`: the number, or the place of the class. */
  readonly targets: ArrayLike<number>;
  /** `[rows]`, not negative; null for rows that all count the same. */
  readonly weights: ArrayLike<number> | null;
  /** Which nodes of a graph the rows are. */
  readonly nodes?: ArrayLike<number>;
}

/** `[rows]` numbers, or `[rows, classes]` probabilities, of rows as in BaselineRows. */
export type Predict = (inputs: ArrayLike<number>, rows: number, nodes?: AskedNodes) => Float64Array;

/** What has been learnt. */
export interface FittedBaseline {
  readonly predict: Predict;
  /** Of linear models: `[sets][width]`, one set for each class or one alone, without the intercepts. */
  readonly coefficients?: readonly Float64Array[];
  readonly said?: SaidOfBaseline;
}

/** What a person should know: how many rows were looked at, which season was chosen … by the key of a text, and its values. */
export interface SaidOfBaseline {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface BaselineDefinition {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
  /** Place in lists; lower comes first. */
  readonly rank: number;
  readonly appliesTo: (task: BaselineTask) => boolean;
  /** Whether inputs may be NaN; else a gap that nothing fills is refused. */
  readonly takesGaps?: true;
  /** Of scikit-learn, with its options, or what it is instead. */
  readonly source: string;
}

export interface BaselineImplementation {
  /** Yields a few times a second, so that it can be cancelled. */
  readonly fit: (training: BaselineRows, task: BaselineTask, seed: number) => Generator<void, FittedBaseline>;
}

/** Whether a row has numbers of its own from which something else is asked. */
export const fromInputs = ({ width, restores }: BaselineTask): boolean => width > 0 && restores === undefined;

/** Work between two yields: about ten million additions. */
export const WORK_A_YIELD = 1e7;
