/** Loss and metrics of a network on prepared rows, and the metrics that a set of predictions earns. */
import { inverseTarget } from "../data/prepare.ts";
import type { FittedPipeline, PreparedPart, TargetEncoding } from "../data/prepared.ts";
import { sizeOf } from "../ir/tensor.ts";
import { accumulatorFor, areaUnderRoc } from "../metrics/metric.ts";
import type { LayerSpec } from "../spec/model.ts";

export interface OutputInfo {
  readonly layer: LayerSpec;
  readonly encoding: TargetEncoding;
  /** Columns are the target; an autoencoder has none, and its figures stay in the units of its input. */
  readonly fromColumns: boolean;
}

/** `accuracy` for one output, `name_accuracy` for each of several. */
export function metricName(outputs: readonly OutputInfo[], output: OutputInfo, name: string): string {
  return outputs.length === 1 ? name : `${output.layer.name}_${name}`;
}

/**
 * Figures over a whole part by name.
 * @param predictions by output node id, `[rows, width]` as the network gives them
 */
export function metricsOf(
  outputs: readonly OutputInfo[],
  pipeline: FittedPipeline,
  data: PreparedPart,
  predictions: Readonly<Record<string, Float32Array>>,
): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const output of outputs) {
    const { layer, encoding } = output;
    const predicted = predictions[layer.id];
    const target = data.targets[layer.id];
    if (predicted === undefined || target === undefined) continue;
    const width = sizeOf(layer.shape);
    const inUnits = encoding === "value" && output.fromColumns;
    const accumulator = accumulatorFor(encoding);
    accumulator.add({
      predictions: inUnits ? inverseTarget(pipeline, layer.id, predicted) : predicted,
      targets: inUnits ? inverseTarget(pipeline, layer.id, target.values) : target.values,
      rows: data.rowCount,
      width,
    });
    for (const [name, value] of Object.entries(accumulator.values())) figures[metricName(outputs, output, name)] = value;
    if ((encoding === "binary" || encoding === "sign") && width === 1) {
      const area = areaUnderRoc(predicted, target.values, encoding === "sign" ? 0 : 0.5);
      if (Number.isFinite(area)) figures[metricName(outputs, output, "auc")] = area;
    }
  }
  return figures;
}
