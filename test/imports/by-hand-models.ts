/** Models as Keras 2 and 3 write them, built by hand, and what becomes of them. */
import { expect } from "vitest";
import { type ForeignModel, readForeignModel } from "../../core/import/read-foreign.ts";

export type Json = Readonly<Record<string, unknown>>;
export interface Layer {
  readonly class_name: string;
  readonly name: string;
  readonly config: Json;
  readonly inbound_nodes: readonly unknown[];
  readonly module?: string;
  readonly registered_name?: string | null;
}

export const layer = (
  class_name: string,
  name: string,
  config: Json,
  inbound_nodes: readonly unknown[],
  more: Partial<Layer> = {},
): Layer => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes,
  ...more,
});
export const input = (name: string, ...shape: number[]): Layer => layer("InputLayer", name, { batch_shape: [null, ...shape] }, []);
/** A call as Keras 2 writes it. */
export const rows = (names: readonly string[], kwargs: Json = {}) => names.map((name) => [name, 0, 0, kwargs]);
export const tensor = (name: string) => ({ class_name: "__keras_tensor__", config: { keras_history: [name, 0, 0] } });
/** And as Keras 3 does. */
export const call = (args: readonly unknown[], kwargs: Json = {}) => ({ args, kwargs });
export const numpy = { module: "keras.src.ops.numpy", registered_name: null };

/** A model that ends in the last of its layers. */
export function read(layers: readonly Layer[], top: Json = { keras_version: "2.15.0" }): ForeignModel {
  const config = { name: "m", layers, output_layers: [[layers.at(-1)?.name, 0, 0]] };
  return readForeignModel(JSON.stringify({ class_name: "Functional", config, ...top }), new Map());
}
export const KERAS_3 = { module: "keras.src.models.functional", registered_name: "Functional" };

/** `source → target.port` by names. */
export function wires({ design }: ForeignModel): readonly string[] {
  const nameOf = (id: string): string => design.graph.nodes.find((node) => node.id === id)?.name ?? "";
  return design.graph.edges.map(({ source, target, target_port }) => `${nameOf(source)} → ${nameOf(target)}.${target_port}`).toSorted();
}
export const configOf = ({ design }: ForeignModel, name: string): Json =>
  design.graph.nodes.find((node) => node.name === name)?.config ?? {};
export const refused = (name: string, option: string) =>
  expect.objectContaining({ code: "import.layer_option_not_supported", params: expect.objectContaining({ name, option }) });
