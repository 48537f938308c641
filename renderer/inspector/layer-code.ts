/** A layer with its options as a line of Keras and of PyTorch, for the help card. */
import { pythonArguments } from "../../core/export/code/python.ts";
import { withActivations } from "../../core/export/keras/activation-options.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import type { Arrivals, KerasMapping, LayerDefinition, PyTorchMapping } from "../../core/layers/layer.ts";
import { resolveActivations } from "../../core/layers/pytorch-expression.ts";

export interface LayerCode {
  readonly text: string;
  /** It uses names that are none of the library's: scripts that are exported bring them along. */
  readonly ownNames: boolean;
}

type Values = Readonly<Record<string, unknown>>;

interface InBothTools {
  readonly keras: LayerCode | null;
  readonly pytorch: LayerCode | null;
}

/**
 * @param arrivals shapes of one sample, and where they arrive; while none is known there is only code that is the same for all
 * @returns null where the layer has no counterpart, its shapes do not meet yet, or the code hangs on shapes that are not known
 */
export function layerCode(definition: LayerDefinition, config: Values, arrivals: Arrivals<Shape>): InBothTools {
  const { inputs, portNames } = arrivals;
  const needed = definition.ports.inputs.filter(({ optional }) => optional !== true);
  const isKnown = portNames === undefined ? inputs.length >= needed.length : needed.every(({ name }) => portNames.includes(name));
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
  return { keras: codeFor(definition, config, { inputs: [] }, fitting.length === 0 ? 1 : fewest).keras, pytorch: isSame ? first : null };
}

/** @param count of the inputs */
function codeFor(definition: LayerDefinition, config: Values, arrivals: Arrivals<Shape>, count = arrivals.inputs.length): InBothTools {
  const { inputs, portNames } = arrivals;
  const context = { config: config as never, inputs, ...(portNames === undefined ? {} : { portNames }) };
  const keras = attempt(() => definition.keras?.(context));
  const pytorch = attempt(() => definition.pytorch?.(context));
  return {
    keras: keras === null ? null : { text: kerasText(keras, namesOf(count)), ownNames: keras.support !== undefined },
    pytorch: pytorch === null ? null : pytorchCode(pytorch, namesOf(count)),
  };
}

const namesOf = (count: number): string[] => (count <= 1 ? ["x"] : Array.from({ length: count }, (_, index) => `x${index + 1}`));

/** The module, and what is done with it and its inputs where that is more than to call it: an activation, axes in another order. */
function pytorchCode({ module, call, support }: PyTorchMapping, names: readonly string[]): LayerCode | null {
  const applied = attempt(() => resolveActivations(call("layer", names, [])));
  const calls = applied === null || applied === `layer(${names.join(", ")})` || support !== undefined ? null : `y = ${applied}`;
  const text = module === null || calls === null ? (module ?? calls) : `layer = ${module}\n${calls}`;
  return text === null ? null : { text, ownNames: support !== undefined && module?.startsWith("nn.") !== true };
}

/** The layer, and how it is called where that is more than with one input: a list, a causal mask. What is no layer there is an expression. */
function kerasText({ className, config, call, support, behind }: KerasMapping, names: readonly string[]): string {
  if (className === null) return call?.("", names) ?? "";
  const made = `${support === undefined ? "keras.layers." : ""}${className}(${pythonArguments(withActivations(config))})`;
  const called = call?.("layer", names) ?? `layer(${names.length === 1 ? names[0] : `[${names.join(", ")}]`})`;
  const next = behind === undefined ? null : `keras.layers.${behind.className}(${pythonArguments(behind.config)})`;
  if (called === "layer(x)") return next === null ? made : `${made}\n${next}`;
  return `layer = ${made}\ny = ${called}${next === null ? "" : `\ny = ${next}(y)`}`;
}

/** A mapping may ask for shapes that are not there yet: then there is nothing to show, and the node itself says what is wrong. */
function attempt<T>(make: () => T | undefined): T | null {
  try {
    return make() ?? null;
  } catch {
    return null;
  }
}
