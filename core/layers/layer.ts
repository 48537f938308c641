/**
 * LayerDefinition: everything the rest of the program knows about a type of layer. Palette entry, inspector form,
 * defaults and ranges, shape rule, parameters, maths and export mappings are all derived from one `defineLayer({…})`
 * (define-layer.ts) in the layer's own folder. Nothing outside the folder names the type: ask for a trait instead.
 */
import type { Builder } from "../ir/builder.ts";
import type { Shape, Tensor } from "../ir/tensor.ts";
import type { ConfigOf, Schema } from "../schema/fields.ts";

export type Language = "en" | "zh";

export const LAYER_GROUPS = [
  "io",
  "core",
  "convolutional",
  "pooling",
  "recurrent",
  "attention",
  "normalization",
  "regularization",
  "merging",
  "reshaping",
  "activations",
  "graph",
] as const;
export type LayerGroup = (typeof LAYER_GROUPS)[number];

/** What flows through a port. */
export type PortKind = "float" | "index" | "mask" | "graph";

export interface Port {
  readonly name: string;
  readonly kind: PortKind;
  /** Takes several edges, in the order in which they were drawn (add, concatenate). */
  readonly multiple?: boolean;
  readonly optional?: boolean;
}

/** Words of a layer in one language. Every field of the schema has a label and a help text. */
export interface LayerTexts {
  readonly label: string;
  /** One line for the palette and the head of the inspector. */
  readonly summary: string;
  readonly fields: Readonly<Record<string, { readonly label: string; readonly help: string }>>;
}

/** What a layer asks for when its parameters are made. */
export interface ParameterDefinition {
  /** Keras's name: kernel, bias, gamma, beta. */
  readonly name: string;
  readonly shape: Shape;
  /** Name in core/initializers. */
  readonly initializer: string;
  /** Number of inputs and outputs that a weight connects, for the initializers that scale by them. */
  readonly fanIn?: number;
  readonly fanOut?: number;
  readonly l1?: number;
  readonly l2?: number;
  /** Elements [from, to) start from 1 whatever the initializer says (the forget gate of an LSTM). */
  readonly ones?: readonly [from: number, to: number];
  /** The constant, or the spread, of an initializer that has one; its own default when absent. */
  readonly initializerValue?: number;
  /** Holds after every update. */
  readonly constraint?: ConstraintDefinition;
  /** False: stays what it is, without gradient, update and penalties. */
  readonly trainable?: boolean;
}
/** What core/ir/ops/constraint.ts does, over which axes. */
export interface ConstraintDefinition {
  readonly function: "max_norm" | "unit_norm" | "non_neg";
  readonly over: "first" | "all_but_last" | "last";
  /** The longest that max_norm leaves. */
  readonly limit?: number;
}
/** A value that is kept with the weights but not trained: moving statistics. */
export interface StateDefinition {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: "zeros" | "ones";
}

/** What arrives at a layer, in the order of its ports and, on one port, of the edges. */
export interface Arrivals<T> {
  readonly inputs: readonly T[];
  /** The port of each input. Left out: one on each port, in order (or all on the only port). */
  readonly portNames?: readonly string[];
}

/** What arrives on one port; undefined where nothing is wired to it. For layers with optional ports. */
export function onPort<T>(arrivals: Arrivals<T>, ports: readonly Port[], name: string): T | undefined {
  const index = arrivals.portNames?.indexOf(name) ?? ports.findIndex((port) => port.name === name);
  return index < 0 ? undefined : arrivals.inputs[index];
}

export interface ShapeContext<S extends Schema> extends Arrivals<Shape> {
  readonly config: ConfigOf<S>;
  /** Shapes of one sample, without the batch axis. */
  readonly inputs: readonly Shape[];
  /** What the data give this node, where it takes from the data or is compared with them. */
  readonly data?: { readonly shape?: Shape; readonly classes?: number; readonly columns?: number };
}

/** What a layer may say beside its outputs while it is built. */
export interface BuildNotes {
  /** Mask of each input, `[batch, time]` with 1 for a step that counts and 0 for padding; undefined where there is none. */
  readonly masks: readonly (Tensor | undefined)[];
  /** The mask of an output. Layers whose trait says `passes` or `merges` need not call it. */
  readonly maskOutput: (mask: Tensor, port?: number) => void;
  /** Adds a scalar to the loss (activity regularization). */
  readonly addPenalty: (scalar: Tensor) => void;
  /** Offers a tensor to look at (gates, attention weights). Costs nothing unless somebody asks for taps. */
  readonly tap: (name: string, tensor: Tensor) => void;
}

/** For a layer built alone: no masks come in, and what it says is not kept. */
export const NO_NOTES: BuildNotes = { masks: [], maskOutput: () => {}, addPenalty: () => {}, tap: () => {} };

export interface BuildContext<S extends Schema> extends Arrivals<Tensor>, BuildNotes {
  readonly builder: Builder;
  readonly config: ConfigOf<S>;
  /** With the batch axis first. */
  readonly inputs: readonly Tensor[];
  readonly parameters: Readonly<Record<string, Tensor>>;
  readonly states: Readonly<Record<string, Tensor>>;
  /** True while training: dropout drops, batch normalization uses the batch. */
  readonly training: boolean;
  /** A number that is different for every node of a design and stays the same from run to run: the random stream. */
  readonly stream: number;
  /** Seed of the run. */
  readonly seed: number;
}

/** How a layer is said in PyTorch; the exporter and the generator of golden values both run this. */
export interface PyTorchMapping {
  /** Python definitions that `module` and `call` use, where torch.nn has nothing of the kind. Written once, before the network. */
  readonly support?: string;
  /** Constructor, or null when the layer is a function call only: `nn.Linear(3, 4)`. */
  readonly module: string | null;
  /** Expression over `self.<attribute>` (given as `module`), the inputs' names and those of their masks; a tuple for several outputs. */
  readonly call: (module: string, inputs: readonly string[], masks: readonly (string | undefined)[]) => string;
  /** Expression of the mask of the output, for a layer that makes one or passes another than its first input's on. */
  readonly mask?: (inputs: readonly string[], masks: readonly (string | undefined)[]) => string | undefined;
  /** Expression over the names of the outputs: what the layer adds to the loss. */
  readonly penalty?: (outputs: readonly string[]) => string;
  /** Parameter or state name here → name there, and the axes to transpose into PyTorch's order. */
  readonly weights: Readonly<Record<string, { readonly name: string; readonly transpose?: readonly number[] }>>;
  /** Parameters of the module that are none of ours: they stay what they start from. */
  readonly constants?: readonly string[];
}
/** How a layer is said in Keras 3. */
export interface KerasMapping {
  /** Null for what is an expression over the inputs and no layer: then there is a `call`. */
  readonly className: string | null;
  readonly config: Readonly<Record<string, unknown>>;
  /** Python that defines `className`, where keras.layers has nothing of the kind. */
  readonly support?: string;
  /** Expression over the layer and the inputs' names; `layer(x)`, or `layer([x, y])` for several inputs, when absent. */
  readonly call?: (layer: string, inputs: readonly string[]) => string;
  /** States of ours that Keras's layer does not hold. */
  readonly lacks?: readonly string[];
  /** A layer of Keras behind it: an activation with weights of its own, our parameters `activation_…`. */
  readonly behind?: Pick<KerasMapping, "className" | "config">;
  /** Where later outputs are wired: options that give them, and which of our outputs each of Keras's is (null: none of ours). */
  readonly laterOutputs?: { readonly config: Readonly<Record<string, unknown>>; readonly order: readonly (number | null)[] };
}

/** The `config` of a layer as Keras (2, 3) or TensorFlow.js wrote it. */
export type KerasConfig = Readonly<Record<string, unknown>>;

/** What a layer asks and says while it is read from a model of Keras. */
export interface KerasSource {
  readonly className: string;
  /** Written by Keras 2 or TensorFlow.js, for which some names mean another thing. */
  readonly older: boolean;
  /** Tells that an option is left out: the same weights predict the same without it. */
  readonly leaveOut: (option: string, value: unknown) => void;
  /** Refuses the option once shapes are known, where these axes (counted with the batch) are not the last one, or all but the last; or, of a kernel, all but its last. */
  readonly axesAre: (option: string, axes: unknown, wanted: "last" | "all_but_last" | "kernel_but_last") => void;
}

/** For the importer: how Keras calls what the layer has, where it is not the same name. */
export interface KerasReading {
  /** Classes beside the one that `keras` names. */
  readonly classes?: readonly string[];
  /** Options of Keras's that `config` takes apart. Any other that no field has is refused, or told where it changes no prediction. */
  readonly reads?: readonly string[];
  readonly config?: (keras: KerasConfig, source: KerasSource) => Readonly<Record<string, unknown>>;
  /** The port of each output of Keras's layer, where they come in another order than ours. */
  readonly outputs?: (keras: KerasConfig) => readonly string[];
  /**
   * Keras's arguments in its order, each with the ports of the tensors that it is or lists; null where ours has no port for one. When
   * absent, the first takes all ports but those of masks, and `mask` takes these.
   */
  readonly arguments?: Readonly<Record<string, readonly (string | null)[]>>;
  /**
   * Whether Keras's layer takes the steps that a mask leaves out like any other, where ours does not.
   * @param given the arguments that are handed tensors, by place and by name
   */
  readonly losesMask?: (given: readonly (string | number)[], older: boolean) => boolean;
  /** Keras's operation of the same name on tensors (x + y) does the same, but drops masks. */
  readonly operation?: true;
  /** Keras 3 puts other numbers than ours where a mask of an input leaves a step out. */
  readonly fillsPadding?: true;
  /** Keras 3 takes the masks off the tensors that its layer is given: what is called with them later sees none. */
  readonly takesMasks?: true;
  /** The port whose mask Keras's attention does not look at. */
  readonly unmasked?: string;
  /** Hands masks on, though what it gives for a step comes from the other steps too. */
  readonly mixesSteps?: true;
}

/** Properties that checks, importers and the canvas ask for instead of naming a type. */
export interface LayerTraits {
  /** `input` brings data in; `output` holds target and loss. */
  readonly role?: "input" | "output";
  /** Only passes values through when predicting. */
  readonly trainingOnly?: boolean;
  readonly normalizes?: "batch" | "layer";
  /** The name of the config field that holds an activation's name. */
  readonly activationField?: string;
  /** The name of the config field that says how many units (the last axis) come out. */
  readonly unitsField?: string;
  /** Every output depends linearly on all inputs of the last axis before the activation (dense; not a convolution, which sees windows). */
  readonly linear?: boolean;
  /** Merges several inputs into one. */
  readonly merges?: boolean;
  /** What the axes of its inputs are to it: height, width and channels; time and features; nodes and features. */
  readonly reads?: "picture" | "sequence" | "nodes";
  /** The config fields with the axis of the first and of the second input that it sums over: the others of both come out. */
  readonly sumsFields?: readonly [first: string, second: string];
  /** Turns any shape into one axis. */
  readonly flattens?: boolean;
  /** Does nothing but apply its activation. */
  readonly activates?: true;
  /** The config field that switches a learned offset of the outputs on. */
  readonly biasField?: string;
  /** The config field that holds the share of values dropped in training. */
  readonly rateField?: string;
  /** What is dropped in training: single values of any shape, or whole channels. */
  readonly drops?: "values" | "channels";
  /** Looks at a window around every position; the config fields with its size, its strides (null: its size) and its dilation. */
  readonly window?: {
    readonly kind: "convolution" | "pooling";
    readonly size: string;
    readonly strides: string;
    readonly dilation?: string;
  };
  /** Spreads every position over a window of new ones; the config fields with its size, how far apart the windows begin, and its dilation. */
  readonly spreads?: { readonly size: string; readonly strides: string; readonly dilation: string };
  /** Puts entries at the ends of the axes of a grid or takes them away, and leaves those between as they are: the config fields, before and behind by axis. */
  readonly movesEnds?: { readonly adds: boolean; readonly fields: readonly (readonly [before: string, behind: string])[] };
  /** The config field that says how many times in a row each entry of the axes of a grid comes out. */
  readonly repeatsField?: string;
  /** The config field with the shape that its values come out in. */
  readonly shapeField?: string;
  /** The config fields with the first entry of an axis that it keeps, and how many of them. */
  readonly sliceFields?: { readonly start: string; readonly size: string };
  /** The config field with the number of steps that it has places for. */
  readonly longestField?: string;
  /** The config field with the axis it works along, counted from 1, or from behind below 0. */
  readonly axisField?: string;
  /** The config field that says in which order the axes of a sample come out, counted from 1. */
  readonly orderField?: string;
  /** Walks along the steps of a sequence; the config field that says whether every step comes out, or only the last. */
  readonly sequencesField?: string;
  /** The config field that holds the activation inside such a walk. */
  readonly cellActivationField?: string;
  /** The config field that says how both directions of such a walk are put together. */
  readonly mergeField?: string;
  /** Weighs steps by how they match, without regard to their order. */
  readonly attends?: true;
  /** Adds to every step where it stands. */
  readonly tellsPlaces?: true;
  /** Turns a grid of this many axes into the mean of each channel. */
  readonly averagesGrid?: number;
  /** The config field with the number of nodes of the data's graph: filled in where the data are known. */
  readonly nodeCountField?: string;
  /** The config field with the number of different indices it takes. */
  readonly indexCountField?: string;
  /** It has a vector for each index, so it can start from vectors of words: the parameter that they are, the config field of their width. */
  readonly wordVectors?: { readonly parameter: string; readonly widthField: string };
  /**
   * `passes`: the mask of the first input is that of the output; `merges`: a step counts where it counts in any input, if all have masks
   * (merged-masks.ts); `uses`: it reads masks itself. Others end them.
   */
  readonly mask?: "passes" | "merges" | "uses";
}

/** What a prediction is compared with, and how. */
export interface OutputTarget {
  readonly loss: string;
  readonly weight: number;
  /** From 0, labels as they are, to below 1. */
  readonly labelSmoothing: number;
  readonly columns: readonly string[];
  readonly targetInput: string | null;
}

/** What shared-options.ts adds to layers that name an activation. */
interface SharedOptions {
  readonly activation_pieces?: number;
  readonly activation_weights?: "per_unit" | "per_value" | "one";
}

export interface LayerDefinition<S extends Schema = Schema> {
  readonly type: string;
  readonly group: LayerGroup;
  /** One to three characters, drawn on the node beside the name. */
  readonly icon: string;
  readonly schema: S;
  readonly texts: Readonly<Record<Language, LayerTexts>>;
  readonly traits: LayerTraits;
  readonly ports: { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] };
  /** The option shown on the node, as text: "256 units". Derived from the schema when absent. */
  readonly headline?: (config: ConfigOf<S>) => string;
  /** Shape of one sample per output port. @throws AppError that says what was expected and received. */
  readonly outputShapes: (context: ShapeContext<S>) => readonly Shape[];
  readonly parameters?: (context: ShapeContext<S>) => readonly ParameterDefinition[];
  readonly states?: (context: ShapeContext<S>) => readonly StateDefinition[];
  /** Emits ops; returns one tensor per output port. Layers of role input have no build: their tensor is the input. */
  readonly build: (context: BuildContext<S>) => readonly Tensor[];
  /** For role input: what it takes from the data. */
  readonly input?: (config: ConfigOf<S>) => { readonly columns: readonly string[]; readonly shape: Shape | null };
  /** For role output: what the prediction is compared with, and how. `targetInput` is the name of an input node. */
  readonly output?: (config: ConfigOf<S>) => OutputTarget;
  readonly pytorch?: (context: ShapeContext<S>) => PyTorchMapping;
  readonly keras?: (context: ShapeContext<S>) => KerasMapping;
  readonly fromKeras?: KerasReading;
  /** Configurations and input shapes in which the generic suite and the golden values exercise the layer. */
  readonly examples: readonly {
    readonly name: string;
    readonly config: Partial<ConfigOf<S>> & SharedOptions;
    readonly inputs: readonly Shape[];
    /** For inputs of kind index: how many indices there are. */
    readonly indices?: number;
    /** The port of each input, where some optional ports are left empty. */
    readonly ports?: readonly string[];
    /** Which inputs come with a mask (padding at the end of some samples), by place. */
    readonly masked?: readonly number[];
  }[];
}
