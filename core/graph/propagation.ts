/** What the live check of a design says: of each layer by itself, of each node and edge in the design, and of the whole. */
import type { ErrorData } from "../errors.ts";
import type { Shape } from "../ir/tensor.ts";
import type { StepCost } from "./layer-cost.ts";
import type { Problem } from "./problem.ts";

/** What a layer comes to: the error says why `outputs` is null. */
export interface NodeResult {
  readonly outputs: readonly Shape[] | null;
  readonly parameters: number;
  /** Of these, what the layer itself keeps fixed (vectors of an embedding that is not trained). */
  readonly fixedParameters: number;
  readonly multiplyAdds: number;
  /** Of one sample in a step of training; null where it costs nothing. */
  readonly step: StepCost | null;
  readonly activationElements: number;
  /** Shapes of the parameters, to compare with those of a layer that shares them. */
  readonly parameterShapes: readonly Shape[];
  readonly error: ErrorData | null;
}

export interface NodePropagation {
  /** Shapes of one sample, without the batch, in the order in which the layer gets them. Those not known are left out. */
  readonly inputs: readonly Shape[];
  /** The port of each of them. */
  readonly portNames: readonly string[];
  /** One shape a port; null while they are not known. An output node has no ports, so []. */
  readonly outputs: readonly Shape[] | null;
  /** Weights of its own: 0 when it is bypassed or uses another layer's. */
  readonly parameters: number;
  /** Of these, the weights that are not trained. */
  readonly frozenParameters: number;
  /** Of predicting one sample. */
  readonly multiplyAdds: number;
  /** Of one sample in a step of training; null where it costs nothing. */
  readonly step: StepCost | null;
  readonly activationElements: number;
  readonly problems: readonly Problem[];
}
export interface EdgePropagation {
  readonly shape: Shape | null;
  readonly problems: readonly Problem[];
}
export interface Propagation {
  readonly nodes: ReadonlyMap<string, NodePropagation>;
  readonly edges: ReadonlyMap<string, EdgePropagation>;
  /** Of the design as a whole: empty, no input, no output, a cycle. */
  readonly problems: readonly Problem[];
  readonly totals: {
    readonly parameters: number;
    readonly frozenParameters: number;
    readonly multiplyAdds: number;
    readonly activationElements: number;
  };
  /** Node ids, each after those it depends on; stable. Nodes on or behind a cycle are left out. */
  readonly order: readonly string[];
  /** No error anywhere; warnings do not count. */
  readonly ok: boolean;
}
