/**
 * Names of the values that flow between the layers of a spec, as a TensorFlow graph writes them: the first output of
 * layer `a` is `a`, the ones after it `a:1`, `a:2`. Shapes are those of one sample.
 */
import { AppError } from "../errors.ts";
import type { Shape } from "../ir/tensor.ts";
import type { Arrivals } from "../layers/layer.ts";
import type { LayerSpec } from "./model-spec.ts";

const LATER_OUTPUT = /:\d+$/;

export const valueName = (layerId: string, port: number): string => (port === 0 ? layerId : `${layerId}:${port}`);

/** The id of the layer whose output a value is. */
export const layerOfValue = (value: string): string => value.replace(LATER_OUTPUT, "");

/** @throws AppError design.id_reserved for a node whose id reads like a later output of another */
export function requireOrdinaryId(node: { readonly id: string; readonly name: string }): void {
  if (LATER_OUTPUT.test(node.id)) throw new AppError("design.id_reserved", { name: node.name, id: node.id }, { nodeId: node.id });
}

/** Every value of a spec with its shape. */
export function valueShapes(layers: readonly LayerSpec[]): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const layer of layers) (layer.shapes ?? [layer.shape]).forEach((shape, port) => shapes.set(valueName(layer.id, port), shape));
  return shapes;
}

/** What arrives at a layer, for its shape rule. */
export function arrivalsOf<T>(layer: LayerSpec, named: (name: string) => T): Arrivals<T> {
  const inputs = layer.inputs.map(named);
  return layer.input_ports === undefined ? { inputs } : { inputs, portNames: layer.input_ports };
}
