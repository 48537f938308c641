/**
 * What scripts of either library share: the names of inputs and outputs, rows to try the script on, and the Python that reads weights
 * and the check out of a Neuroloom model file.
 */
import type { DataDocument, VectorsDocument } from "../../graph/document.ts";
import { lossDefinition } from "../../losses/definitions.ts";
import type { LossDefinition } from "../../losses/loss.ts";
import { layerOfValue } from "../../spec/layer-values.ts";
import { definitionOf, layersOfRole } from "../../spec/model.ts";
import type { LayerSpec, ModelSpec } from "../../spec/model-spec.ts";
import type { TrainingOptions } from "../../spec/training.ts";

/** What a script is written from. */
export interface CodeSource {
  readonly name: string;
  readonly spec: ModelSpec;
  readonly training: TrainingOptions;
  readonly data: DataDocument | null;
  /** What layers start from, of those that start from vectors of words; by layer id. */
  readonly vectors: ReadonlyMap<string, VectorsDocument>;
}

export interface InputEnd {
  readonly layer: LayerSpec;
  /** `float`, or whole numbers below `below`. */
  readonly below: number | null;
}
export interface OutputEnd {
  readonly layer: LayerSpec;
  readonly loss: LossDefinition;
  readonly weight: number;
  readonly labelSmoothing: number;
  /** Name of the input that it is compared with, of an autoencoder. */
  readonly targetInput: string | null;
  /** A target is a class's number, and not as wide as the output. */
  readonly targetIsClass: boolean;
}

/** How many indices a layer behind an input takes; null for numbers. */
function indexCount(spec: ModelSpec, input: LayerSpec): number | null {
  for (const layer of spec.layers) {
    const { traits, ports } = definitionOf(layer);
    const place = layer.inputs.findIndex((value) => layerOfValue(value) === input.id);
    if (place < 0) continue;
    const port =
      ports.inputs.find(({ name }) => name === layer.input_ports?.[place]) ?? ports.inputs[Math.min(place, ports.inputs.length - 1)];
    if (port?.kind === "index" && traits.indexCountField !== undefined) return Number(layer.config[traits.indexCountField]);
    if (port?.kind === "mask") return 2;
    // An edge from the first node to itself is one of any graph.
    if (port?.kind === "graph") return 1;
  }
  return null;
}

export const inputEnds = (spec: ModelSpec): InputEnd[] =>
  layersOfRole(spec, "input").map((layer) => ({ layer, below: indexCount(spec, layer) }));

export const outputEnds = (spec: ModelSpec): OutputEnd[] =>
  layersOfRole(spec, "output").map((layer) => {
    const output = definitionOf(layer).output?.(layer.config as never);
    const loss = lossDefinition(output?.loss ?? "");
    const { weight = 1, labelSmoothing = 0, targetInput = null } = output ?? {};
    return { layer, loss, weight, labelSmoothing, targetInput, targetIsClass: loss.encodings[0] === "class_index" };
  });

/** Shape of one row's target. */
export const targetShape = ({ layer, targetIsClass }: OutputEnd): readonly number[] =>
  targetIsClass ? (layer.shape.length > 1 ? layer.shape.slice(0, -1) : []) : layer.shape;

/** Numpy expression of random rows that the loss can take. */
export function randomTarget(end: OutputEnd): string {
  const size = `(ROWS, ${targetShape(end)
    .map((axis) => `${axis}, `)
    .join("")})`;
  if (end.targetIsClass) return `random.integers(0, ${end.layer.shape.at(-1) ?? 1}, ${size})`;
  switch (end.loss.expects) {
    case "each_probability":
      return `random.integers(0, 2, ${size})`;
    case "scores":
      return `random.choice([-1.0, 1.0], ${size})`;
    default:
      return `random.random(${size})`;
  }
}
export const randomInput = ({ layer, below }: InputEnd): string => {
  const size = `(ROWS, ${layer.shape.map((axis) => `${axis}, `).join("")})`;
  return below === null ? `random.standard_normal(${size})` : `random.integers(0, ${below}, ${size})`;
};

/** Reads numbers of a model file: `values` are a list, or float32 in base64, little-endian. */
export const READ_NUMBERS = [
  "def read_numbers(entry, shape):",
  '    """Numbers of a Neuroloom model file."""',
  '    values = entry["values"]',
  '    if values["encoding"] == "array":',
  '        return np.array(values["data"], dtype=np.float32).reshape(shape)',
  '    return np.frombuffer(base64.b64decode(values["data"]), dtype="<f4").reshape(shape)',
];
