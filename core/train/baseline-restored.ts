/** Outputs that give an input back, as questions to baselines: the whole row is asked, through as few numbers as the network passes it. */
import type { BaselineTask } from "../baselines/baseline.ts";
import { sizeOf } from "../ir/tensor.ts";
import { layerOfValue } from "../spec/layer-values.ts";
import { definitionOf } from "../spec/model.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import type { AskedOutput } from "./baseline-rows.ts";
import type { PreparedDesign } from "./prepare-design.ts";

export function askedRestored({ prepared, outputs, spec }: PreparedDesign): AskedOutput[] {
  return outputs.flatMap((output) => {
    const target = prepared.training.targets[output.layer.id];
    if (output.fromColumns || target === undefined) return [];
    const width = sizeOf(target.shape);
    const restores = { narrowest: narrowestBefore(spec, output.layer.id, width) };
    const task: BaselineTask = { kind: "numbers", count: width, width, words: false, window: null, restores };
    return [{ output, tasks: [task], labels: false }];
  });
}

/** Numbers of the narrowest layer that an output hangs on. */
function narrowestBefore({ layers }: ModelSpec, outputId: string, width: number): number {
  const byId = new Map(layers.map((layer) => [layer.id, layer]));
  const open = [outputId];
  const seen = new Set(open);
  let narrowest = width;
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const layer = byId.get(id);
    if (layer === undefined) continue;
    if (definitionOf(layer).traits.role === undefined) narrowest = Math.min(narrowest, sizeOf(layer.shape));
    for (const before of layer.inputs.map(layerOfValue))
      if (!seen.has(before)) {
        seen.add(before);
        open.push(before);
      }
  }
  return narrowest;
}
