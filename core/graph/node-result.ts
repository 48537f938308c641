/**
 * What one layer comes to, given the shapes that arrive: its configuration checked, its shape rule asked, and the layer
 * built once for a single sample to count parameters, multiply–adds and activations as the engine would have them.
 */
import { AppError, errorData } from "../errors.ts";
import { initializerDefinition } from "../initializers/definitions.ts";
import { type Shape, showShape, sizeOf } from "../ir/tensor.ts";
import type { Arrivals, LayerDefinition, ParameterDefinition } from "../layers/layer.ts";
import { withNodeCount } from "../layers/node-count.ts";
import type { AnyConfig } from "../schema/fields.ts";
import { validateConfig } from "../schema/validate.ts";
import type { NodeDocument } from "./document.ts";
import { costOf, type LayerCost } from "./layer-cost.ts";
import type { NodeResult } from "./propagation.ts";

/** @throws AppError design.initializer_needs_matrix */
export function requireFitting(name: string, parameter: ParameterDefinition): void {
  const { shape, initializer } = parameter;
  const { axes } = initializerDefinition(initializer);
  if (axes === undefined || (shape.length >= axes.min && shape.length <= axes.max)) return;
  throw new AppError("design.initializer_needs_matrix", { name, parameter: parameter.name, initializer, shape: showShape(shape) });
}

/** What the data say to one node, as the layer's shape rule takes it. */
export interface NodeData {
  readonly shape?: Shape;
  readonly classes?: number;
  readonly columns?: number;
  /** Of the graph that the data are. */
  readonly nodes?: number;
}

/** How errors name a node: `Dense 'fc1'`. */
export function nodeTitle(definition: LayerDefinition, node: { readonly name: string }): string {
  return `${definition.texts.en.label} '${node.name}'`;
}

/** The options of a node with every default filled in. @throws AppError config.* */
export function configOf(definition: LayerDefinition, node: Pick<NodeDocument, "name" | "config">): AnyConfig {
  return validateConfig(definition.schema, node.config, nodeTitle(definition, node));
}

/** The options of a node, or null where they are not valid: propagation says so on the node. */
export function validConfigOf(definition: LayerDefinition, node: Pick<NodeDocument, "name" | "config">): AnyConfig | null {
  try {
    return configOf(definition, node);
  } catch {
    return null;
  }
}

const NO_COST: LayerCost = { multiplyAdds: 0, step: null, activationElements: 0 };

/** Every error becomes data: a mistake in a design is an answer here, not a failure. */
export function nodeResult(
  definition: LayerDefinition,
  node: Pick<NodeDocument, "name" | "config">,
  arrivals: Arrivals<Shape>,
  data: NodeData,
): NodeResult {
  try {
    const config = withNodeCount(definition, configOf(definition, node), data.nodes);
    const context = { config: config as never, ...arrivals, data };
    const outputs = definition.outputShapes(context);
    const parameters = definition.parameters?.(context) ?? [];
    for (const parameter of parameters) requireFitting(node.name, parameter);
    const cost =
      definition.traits.role === undefined
        ? costOf(definition, config, arrivals)
        : { ...NO_COST, activationElements: outputs.reduce((sum, shape) => sum + sizeOf(shape), 0) };
    return {
      outputs,
      parameters: countOf(parameters),
      fixedParameters: countOf(parameters.filter(({ trainable }) => trainable === false)),
      ...cost,
      parameterShapes: parameters.map((parameter) => parameter.shape),
      error: null,
    };
  } catch (error) {
    return {
      outputs: null,
      parameters: 0,
      fixedParameters: 0,
      ...NO_COST,
      parameterShapes: [],
      error: errorData(error),
    };
  }
}

const countOf = (parameters: readonly { readonly shape: Shape }[]): number => parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
