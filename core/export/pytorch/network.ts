/** A spec as a PyTorch module: what its constructor makes, its forward pass line by line, and where every weight of ours lies in it. */
import { AppError } from "../../errors.ts";
import type { Shape } from "../../ir/tensor.ts";
import type { ParameterDefinition, PyTorchMapping, StateDefinition } from "../../layers/layer.ts";
import { outgoingMaskInPyTorch } from "../../layers/merged-masks.ts";
import { resolveActivations } from "../../layers/pytorch-expression.ts";
import { arrivalsOf, valueName, valueShapes } from "../../spec/layer-values.ts";
import { definitionOf } from "../../spec/model.ts";
import type { LayerSpec, ModelSpec } from "../../spec/model-spec.ts";
import { PythonNames } from "../code/python.ts";

export interface PyTorchWeight {
  /** `layer name/parameter`, as in our files. */
  readonly fullName: string;
  /** Name in the module's state_dict. */
  readonly path: string;
  /** Axes of ours in PyTorch's order. */
  readonly transpose: readonly number[];
  /** Ours. */
  readonly shape: Shape;
  /** Null for a state. */
  readonly parameter: ParameterDefinition | null;
  readonly trainable: boolean;
}

export interface PyTorchNetwork {
  /** Definitions that stand before the module. */
  readonly support: readonly string[];
  /** `self.dense_1 = nn.Linear(4, 3)` */
  readonly modules: readonly string[];
  readonly forward: readonly string[];
  readonly weights: readonly PyTorchWeight[];
  /** Parameters that are none of ours, by their names in the state_dict: they stay what they start from. */
  readonly constants: readonly string[];
  /** Frozen modules that keep their moving statistics, and use them in training too, as Keras does. */
  readonly frozenNormalizations: readonly string[];
  readonly names: PythonNames;
  /** Expressions that the forward pass leaves in `self.activity_penalty`. */
  readonly activityPenalties: readonly string[];
  /** Variable of each output's mask, by layer id. */
  readonly outputMasks: ReadonlyMap<string, string>;
  /** Variable of a value (layer-values.ts). */
  readonly variableOf: (value: string) => string;
}

/** Names that the script uses itself. */
const TAKEN = [
  "self",
  "torch",
  "nn",
  "np",
  "model",
  "module",
  "math",
  "json",
  "base64",
  "sys",
  "argparse",
  "super",
  "r",
  "s",
  "h",
  "f",
  "b",
  "p",
  "q",
  "e",
  "v",
  "m",
  "padded",
  "len",
  "float",
];

/** What every module of PyTorch has: a layer called so would stand in its place. */
const OF_MODULES =
  "activity_penalty add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict masks modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad".split(
    " ",
  );

/** @throws AppError export.layer_not_said where a layer has no PyTorch mapping */
export function pytorchNetwork(spec: ModelSpec): PyTorchNetwork {
  return new Writer(spec).write();
}

class Writer {
  private readonly spec: ModelSpec;
  private readonly names: PythonNames;
  private readonly shapes: ReadonlyMap<string, Shape>;
  private readonly used: ReadonlySet<string>;
  private readonly masks = new Map<string, string>();
  private readonly support = new Set<string>();
  private readonly modules: string[] = [];
  private readonly forward: string[] = [];
  private readonly weights: PyTorchWeight[] = [];
  private readonly constants: string[] = [];
  private readonly frozenNormalizations: string[] = [];
  private readonly penalties: string[] = [];
  private readonly outputMasks = new Map<string, string>();

  constructor(spec: ModelSpec) {
    this.spec = spec;
    this.names = new PythonNames(spec.layers, [...TAKEN, ...OF_MODULES]);
    this.shapes = valueShapes(spec.layers);
    this.used = new Set(spec.layers.flatMap(({ inputs }) => inputs));
  }

  write(): PyTorchNetwork {
    for (const layer of this.spec.layers) {
      const { role } = definitionOf(layer).traits;
      if (role === "output") this.endWith(layer);
      else if (role === undefined) this.say(layer);
    }
    const { modules, forward, weights, constants, frozenNormalizations, names, penalties: activityPenalties, outputMasks } = this;
    return {
      support: [...this.support],
      modules,
      forward,
      weights,
      constants,
      frozenNormalizations,
      names,
      activityPenalties,
      outputMasks,
      variableOf: (value) => this.variable(value),
    };
  }

  /** The variable of a value: the layer's name, and the port's behind it for a later output. */
  private variable(value: string): string {
    const [id = "", port] = value.split(/:(?=\d+$)/);
    const layer = this.spec.layers.find((one) => one.id === id);
    const later = port === undefined || layer === undefined ? undefined : definitionOf(layer).ports.outputs[Number(port)]?.name;
    return later === undefined ? this.names.of(id) : this.names.besideOf(id, later);
  }

  private endWith(layer: LayerSpec): void {
    const [value = "", own] = layer.inputs;
    const wired = layer.input_ports?.includes("mask") === true || layer.inputs.length > 1 ? own : undefined;
    const mask = wired === undefined ? this.masks.get(value) : this.variable(wired);
    if (mask !== undefined) this.outputMasks.set(layer.id, mask);
  }

  private say(layer: LayerSpec): void {
    const definition = definitionOf(layer);
    const context = { config: layer.config as never, ...arrivalsOf(layer, (value) => this.shapes.get(value) ?? []) };
    const mapping = definition.pytorch?.(context);
    if (mapping === undefined)
      throw new AppError(
        "export.layer_not_said",
        { name: layer.name, layer: definition.texts.en.label, tool: "PyTorch" },
        { nodeId: layer.id },
      );
    if (mapping.support !== undefined) this.support.add(resolveActivations(mapping.support));
    const owner = this.names.of(layer.shared_with ?? layer.id);
    if (layer.shared_with === null) {
      if (mapping.module !== null) this.modules.push(`self.${owner} = ${mapping.module}`);
      this.constants.push(...(mapping.constants ?? []).map((name) => `${owner}.${name}`));
      if (layer.frozen === true && definition.traits.normalizes === "batch") this.frozenNormalizations.push(owner);
      this.place(layer, mapping, [...(definition.parameters?.(context) ?? [])], [...(definition.states?.(context) ?? [])]);
    }
    const inputs = layer.inputs.map((value) => this.variable(value));
    const arriving = layer.inputs.map((value) => this.masks.get(value));
    const results = (layer.shapes ?? [layer.shape]).map((_, port) => {
      const value = valueName(layer.id, port);
      return port > 0 && !this.used.has(value) ? "_" : this.variable(value);
    });
    this.forward.push(
      `${results.join(", ")} = ${withoutOuterParentheses(resolveActivations(mapping.call(`self.${owner}`, inputs, arriving)))}`,
    );
    const mask = outgoingMaskInPyTorch(definition.traits.mask, mapping, inputs, arriving);
    if (mask !== undefined) this.passMask(layer.id, mask);
    if (mapping.penalty !== undefined) this.penalties.push(mapping.penalty(results));
  }

  private passMask(id: string, mask: string): void {
    const known = [...this.masks.values()].includes(mask);
    const variable = known ? mask : this.names.besideOf(id, "mask");
    if (!known) this.forward.push(`${variable} = ${mask}`);
    this.masks.set(id, variable);
  }

  private place(
    layer: LayerSpec,
    mapping: PyTorchMapping,
    parameters: readonly ParameterDefinition[],
    states: readonly StateDefinition[],
  ): void {
    const name = this.names.of(layer.id);
    for (const weight of [...parameters, ...states]) {
      const place = mapping.weights[weight.name];
      if (place === undefined) continue;
      const parameter = parameters.find((one) => one === weight) ?? null;
      this.weights.push({
        fullName: `${layer.name}/${weight.name}`,
        path: `${name}.${place.name}`,
        transpose: place.transpose ?? weight.shape.map((_, i) => i),
        shape: weight.shape,
        parameter,
        trainable: parameter !== null && parameter.trainable !== false && layer.frozen !== true,
      });
    }
  }
}

/** `(a + b)` is `a + b` on the right of an assignment. */
function withoutOuterParentheses(expression: string): string {
  if (!expression.startsWith("(") || !expression.endsWith(")")) return expression;
  let depth = 0;
  for (let i = 0; i < expression.length - 1; i++) {
    if (expression[i] === "(") depth += 1;
    if (expression[i] === ")") depth -= 1;
    if (depth === 0) return expression;
  }
  return expression.slice(1, -1);
}
