/**
 * What looking inside a layer is made of: views (a folder each), the material that the engine gives them for one row, and the arrays
 * they answer with. Views ask for traits and shapes of layers, never for a type.
 */
import type { LayerTraits } from "../../layers/layer.ts";

export const VIEW_NAMES = [
  "filters",
  "feature_maps",
  "attention_maps",
  "gates",
  "gradient_by_distance",
  "vectors",
  "activations",
  "weights",
  "saliency",
  "occlusion",
  "neighbours",
  "boundaries",
] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** Numbers of one row, without the batch axis. */
export interface Seen {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface WeightFacts {
  /** `kernel` */
  readonly name: string;
  /** `conv_1/kernel` */
  readonly fullName: string;
  readonly shape: readonly number[];
  readonly kind: "parameter" | "state";
}

/** What is known of a layer without running it. */
export interface LayerFacts {
  readonly id: string;
  readonly name: string;
  readonly traits: LayerTraits;
  /** Of one sample, an output each. */
  readonly shapes: readonly (readonly number[])[];
  readonly inputPorts: readonly string[];
  /** Its own, or those of the layer that it shares weights with. */
  readonly weights: readonly WeightFacts[];
  /** Of an input: what it feeds. Null for other layers. */
  readonly feeds: "numbers" | "indices" | "graph" | "other" | null;
}

/** What is known of the network beside the layer. */
export interface NetworkFacts {
  readonly inputs: readonly { readonly id: string; readonly shape: readonly number[]; readonly feeds: LayerFacts["feeds"] }[];
}

/** Gradient of the loss by the state after each of some steps of a walk through time. */
export interface TimeGradients {
  /** Of a layer that walks both ways; empty for one that goes one way. */
  readonly direction: "" | "forward_" | "backward_";
  /** Steps between the state and the end of the walk. */
  readonly distances: readonly number[];
  /** ‖∂L/∂h‖, in the order of `distances`. */
  readonly norms: readonly number[];
}

/** A link of the node that is looked at. */
export interface NodeLink {
  /** Of the node at its other end. */
  readonly name: string;
  readonly weight: number;
  /** The number that is explained, without this link. */
  readonly scoreWithout: number;
}

/** What the engine gives a view. */
export interface Material {
  readonly layer: LayerFacts;
  readonly network: NetworkFacts;
  /** The chosen row by input node id. */
  readonly row: Readonly<Record<string, Float32Array>>;
  /** What gradients are of: a number of the prediction, or the loss where the row has a target. */
  readonly objective: ObjectiveFacts;
  /** First output of a layer for the row. */
  readonly value: (layerId: string) => Seen | null;
  /** The gradient of the objective by it. */
  readonly gradient: (layerId: string) => Seen | null;
  /** Layers that take the value of this one. */
  readonly consumers: (layerId: string) => readonly string[];
  readonly taps: () => Readonly<Record<string, Seen>>;
  readonly weights: (fullName: string) => Float32Array;
  /** Gradient of the objective by a weight; null for what is not trained. */
  readonly weightGradient: (fullName: string) => Float32Array | null;
  /** The number that is explained, for another row; in the order of calling, one pass each. */
  readonly scoreOf: (row: Readonly<Record<string, Float32Array>>) => number;
  /** Outputs of the layer for another row. */
  readonly valueFor: (row: Readonly<Record<string, Float32Array>>) => Seen | null;
  /** A walk each way that the layer goes. */
  readonly timeGradients: () => readonly TimeGradients[];
  /** Names of the steps that arrive at a port, or stand at an input: words of a text; null where steps have none. */
  readonly stepNames: (port: string | null) => readonly string[] | null;
  /** Names by index of what a layer with a table of vectors looks up; null where unknown. */
  readonly indexNames: () => readonly (string | null)[] | null;
  /** Names of the numbers of an input, of an output and of the layer that gives them to it; empty where they have none. */
  readonly featureNames: (layerId: string) => readonly string[];
  /** Where the row is a node of a graph: its links, the heaviest of them, and how many there are; a pass each. */
  readonly links: () => { readonly links: readonly NodeLink[]; readonly count: number };
  /** Of a view over the plane of two numbers of an input: which two were asked for; null: the first two. */
  readonly plane: PlaneOfInput | null;
  /** Prepared training rows of an input, some of them, with the class or value of each. */
  readonly sample: (inputId: string) => { readonly values: Float32Array; readonly labels: readonly number[] };
}

/** Two numbers of an input, by their places. */
export interface PlaneOfInput {
  readonly x: number;
  readonly y: number;
}

export interface ObjectiveFacts {
  readonly kind: "loss" | "output";
  /** Of an output: the class or column that is explained. */
  readonly label: string;
  /** The number itself. */
  readonly value: number;
}

export interface LookArray extends Seen {
  readonly name: string;
}

/** A number of the prediction that can be explained: a class, a label, or a column of numbers. */
export interface ExplainedNumber {
  /** The output. */
  readonly nodeId: string;
  /** Of two classes 0 or 1, else the place in what the output gives. */
  readonly place: number;
}

export interface ExplainedChoice extends ExplainedNumber {
  readonly label: string;
  /** What the network gives for the row. */
  readonly value: number;
}

export interface Look {
  readonly arrays: readonly LookArray[];
  /** Names along axes, by what they name. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly figures: Readonly<Record<string, number>>;
  /** Of a view that explains a number of the prediction: which there are, and which one this is. */
  readonly choices?: readonly ExplainedChoice[];
  readonly explained?: ExplainedNumber;
}

export interface InsideView {
  readonly name: ViewName;
  /** Whether it shows something of one row. */
  readonly ofRow: boolean;
  /** Whether it differentiates: a backward pass is run first, of the loss where the row has a target and the view wants that. */
  readonly gradientOf: "nothing" | "output" | "loss";
  /** Whether it says what a number of the prediction hangs on, so that one may choose which. */
  readonly explains: boolean;
  /** Whether it draws over the training rows. */
  readonly ofSample: boolean;
  readonly fits: (layer: LayerFacts, network: NetworkFacts) => boolean;
  readonly look: (material: Material) => Look;
}

type Optional = "ofRow" | "gradientOf" | "explains" | "ofSample";
/** A view of one row without gradients, unless it says otherwise. */
export const defineView = (view: Omit<InsideView, Optional> & Partial<Pick<InsideView, Optional>>): InsideView => ({
  ofRow: true,
  gradientOf: "nothing",
  explains: false,
  ofSample: false,
  ...view,
});

export const sizeOfShape = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

export function array(name: string, shape: readonly number[], values: ArrayLike<number>): LookArray {
  return { name, shape, values: Float32Array.from(values) };
}

/** @throws Error where the layer gives nothing: `fits` should have said so */
export function required<T>(found: T | null | undefined, what: string): T {
  if (found === null || found === undefined) throw new Error(`nothing to look at: ${what}`);
  return found;
}
