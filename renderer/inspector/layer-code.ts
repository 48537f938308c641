/** A layer with its options as a line of Keras and of PyTorch, for the help card. */
import type { Shape } from "../../core/ir/tensor.ts";
import type { Arrivals, KerasMapping, LayerDefinition, PyTorchMapping } from "../../core/layers/layer.ts";
import { resolveActivations } from "../../core/layers/pytorch-expression.ts";

const python = (value: unknown): string => {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `(${value.map(python).join(", ")}${value.length === 1 ? "," : ""})`;
  if (typeof value === "string") return `"${value}"`;
  return isKerasObject(value) ? `${value.module}.${value.class_name}(${argumentsOf(value.config)})` : String(value);
};

type Values = Readonly<Record<string, unknown>>;

const argumentsOf = (config: Values): string =>
  Object.entries(config)
    .map(([name, value]) => `${name}=${python(value)}`)
    .join(", ");

/** An initializer, a constraint … with values of its own. */
const isKerasObject = (value: unknown): value is { module: string; class_name: string; config: Values } =>
  typeof value === "object" && value !== null && "class_name" in value;

export interface LayerCode {
  readonly text: string;
  /** It uses names that are none of the library's: scripts that are exported bring them along. */
  readonly ownNames: boolean;
}

interface InBothTools {
  readonly keras: LayerCode | null;
  readonly pytorch: LayerCode | null;
}

/**
 * @param arrivals shapes of one sample, and where they arrive; while none is known there is only code that is the same for all
 * @returns null where the layer has no counterpart, its shapes do not meet yet, or the code hangs on shapes that are not known
 */
export function layerCode(definition: LayerDefinition, config: Values, arrivals: Arrivals<Shape>): InBothTools {
  const isKnown = arrivals.inputs.length > 0 || definition.ports.inputs.length === 0;
  return isKnown ? codeFor(definition, config, arrivals) : codeForAll(definition, config);
}

/** In PyTorch what is the same for every shape of the layer's own examples that goes with the options, and for shapes twice as large. */
function codeForAll(definition: LayerDefinition, config: Values): InBothTools {
  const shapes = definition.examples.flatMap(({ inputs }) => [inputs, inputs.map((shape) => shape.map((size) => 2 * size))]);
  const fitting = shapes.filter((inputs) => attempt(() => definition.outputShapes({ config: config as never, inputs })) !== null);
  const fewest = Math.min(...fitting.map((inputs) => inputs.length));
  const codes = fitting.filter((inputs) => inputs.length === fewest).map((inputs) => codeFor(definition, config, { inputs }).pytorch);
  const [first = null] = codes;
  const isSame = codes.every((code) => code?.text === first?.text);
  return { keras: codeFor(definition, config, { inputs: [] }).keras, pytorch: isSame ? first : null };
}

function codeFor(definition: LayerDefinition, config: Values, arrivals: Arrivals<Shape>): InBothTools {
  const { inputs, portNames } = arrivals;
  const context = { config: config as never, inputs, ...(portNames === undefined ? {} : { portNames }) };
  const keras = attempt(() => definition.keras?.(context));
  const pytorch = attempt(() => definition.pytorch?.(context));
  return {
    keras: keras === null ? null : { text: kerasLine(keras), ownNames: keras.support !== undefined },
    pytorch: pytorch === null ? null : pytorchCode(pytorch, Math.max(1, inputs.length)),
  };
}

/** The module, and what is done with it and its inputs where that is more than to call it: an activation, axes in another order. */
function pytorchCode({ module, call, support }: PyTorchMapping, count: number): LayerCode | null {
  const names = count === 1 ? ["x"] : Array.from({ length: count }, (_, index) => `x${index + 1}`);
  const applied = attempt(() => resolveActivations(call("layer", names, [])));
  const calls = applied === null || applied === `layer(${names.join(", ")})` || support !== undefined ? null : `y = ${applied}`;
  const text = module === null || calls === null ? (module ?? calls) : `layer = ${module}\n${calls}`;
  return text === null ? null : { text, ownNames: support !== undefined && module?.startsWith("nn.") !== true };
}

/** What is no layer there is said over an input called x. */
function kerasLine({ className, config, call, support, behind }: KerasMapping): string {
  if (className === null) return call?.("", ["x"]) ?? "";
  const next = behind === undefined ? "" : `\nkeras.layers.${behind.className}(${argumentsOf(behind.config)})`;
  return `${support === undefined ? "keras.layers." : ""}${className}(${argumentsOf(config)})${next}`;
}

/** A mapping may ask for shapes that are not there yet: then there is nothing to show, and the node itself says what is wrong. */
function attempt<T>(make: () => T | undefined): T | null {
  try {
    return make() ?? null;
  } catch {
    return null;
  }
}
