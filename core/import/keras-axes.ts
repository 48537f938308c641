/** Axes that a model of Keras names, against those that ours work along: which is the last is known once shapes are. */
import { AppError } from "../errors.ts";
import { arrivalsOf, valueShapes } from "../spec/layer-values.ts";
import type { ModelSpec } from "../spec/model-spec.ts";

export interface AxesClaim {
  readonly nodeId: string;
  /** Of Keras's layer, with its class. */
  readonly name: string;
  readonly layer: string;
  readonly option: string;
  /** A number or a list of such, counted with the batch or from behind. */
  readonly axes: unknown;
  readonly wanted: "last" | "all_but_last";
}

/** @throws AppError import.layer_option_not_supported */
export function checkAxes(spec: ModelSpec, claims: readonly AxesClaim[]): void {
  const shapes = valueShapes(spec.layers);
  for (const { nodeId, name, layer, option, axes, wanted } of claims) {
    const found = spec.layers.find(({ id }) => id === nodeId);
    const [shape = []] = found === undefined ? [] : arrivalsOf(found, (value) => shapes.get(value) ?? []).inputs;
    const rank = shape.length + 1;
    const given = [axes].flat().map((axis) => (Number(axis) < 0 ? rank + Number(axis) : Number(axis)));
    const all = Array.from({ length: rank - 1 }, (_, i) => i + 1);
    const expected = wanted === "last" ? all.slice(-1) : all.slice(0, -1);
    if (given.toSorted((a, b) => a - b).join() !== expected.join())
      throw new AppError("import.layer_option_not_supported", { name, layer, option, value: JSON.stringify(axes) }, { nodeId });
  }
}
