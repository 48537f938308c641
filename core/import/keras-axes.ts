/** Axes that a model of Keras names, against those that ours work along: which is the last is known once shapes are. */
import { AppError } from "../errors.ts";
import { arrivalsOf, valueShapes } from "../spec/layer-values.ts";
import { definitionOf } from "../spec/model.ts";
import type { ModelSpec } from "../spec/model-spec.ts";

export interface AxesClaim {
  readonly nodeId: string;
  /** Of Keras's layer, with its class. */
  readonly name: string;
  readonly layer: string;
  readonly option: string;
  /** A number or a list of such, counted with the batch or from behind. */
  readonly axes: unknown;
  readonly wanted: "last" | "all_but_last" | "kernel_but_last";
}

/** @throws AppError import.layer_option_not_supported */
export function checkAxes(spec: ModelSpec, claims: readonly AxesClaim[]): void {
  const shapes = valueShapes(spec.layers);
  for (const { nodeId, name, layer, option, axes, wanted } of claims) {
    const found = spec.layers.find(({ id }) => id === nodeId);
    if (found === undefined) continue;
    const arrivals = arrivalsOf(found, (value) => shapes.get(value) ?? []);
    const kernel = definitionOf(found).parameters?.({ config: found.config as never, ...arrivals })[0]?.shape ?? [];
    // Of what comes in, the batch is the first axis and never meant.
    const all = wanted === "kernel_but_last" ? [...kernel.keys()] : [...(arrivals.inputs[0] ?? []).keys()].map((axis) => axis + 1);
    const rank = (all.at(-1) ?? 0) + 1;
    const given = [axes].flat().map((axis) => (Number(axis) < 0 ? rank + Number(axis) : Number(axis)));
    const expected = wanted === "last" ? all.slice(-1) : all.slice(0, -1);
    if (given.toSorted((a, b) => a - b).join() !== expected.join())
      throw new AppError("import.layer_option_not_supported", { name, layer, option, value: JSON.stringify(axes) }, { nodeId });
  }
}
