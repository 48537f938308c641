/** A network as it was before it had a model file: what its design and data say, and weights by their full names. */
import { MODEL_FORMAT, MODEL_FORMAT_VERSION, type ModelFile } from "../../../core/export/json/format.ts";
import { encode } from "../../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { parametersOf } from "../../../core/spec/build.ts";
import { withDefaults } from "../../../core/spec/model.ts";
import type { ModelSpec } from "../../../core/spec/model-spec.ts";
import { readTraining, writeTraining } from "../../../core/spec/training.ts";
import type { PreparedDesign } from "../../../core/train/prepare-design.ts";
import type { StartWeights } from "../../engine/messages.ts";

/** All of a model file but its weights. */
export type Rest = Omit<ModelFile, "weights">;

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Of a run that has no model yet: what its design and its data say. */
export function restOfDesign(
  design: DesignDocument,
  { spec, prepared }: Pick<PreparedDesign, "spec" | "prepared">,
  { engineVersion, result }: { readonly engineVersion: string; readonly result: ModelFile["result"] },
): Rest {
  return {
    format: MODEL_FORMAT,
    format_version: MODEL_FORMAT_VERSION,
    engine_version: engineVersion,
    name: design.name,
    design,
    spec: plain(spec) as ModelFile["spec"],
    training: writeTraining(readTraining(design.train)) as ModelFile["training"],
    preprocessing: plain(prepared.pipeline) as ModelFile["preprocessing"],
    result,
    check: { row_count: 0, inputs: {}, predictions: {} },
    // Of a file; this one is never written.
    checksum: "",
  };
}

/** Weights by their full names, which a snapshot does not have: layers are known by their node. */
export function inFileForm(spec: ModelSpec, weights: StartWeights): ModelFile["weights"] {
  const { parameters, states } = parametersOf(withDefaults(spec));
  const infos = [
    ...parameters.map((info) => ({ info, kind: "parameter" as const })),
    ...states.map((info) => ({ info, kind: "state" as const })),
  ];
  return infos.flatMap(({ info, kind }) => {
    const found = weights.find((one) => one.kind === kind && one.nodeId === info.nodeId && one.name === info.name);
    if (found === undefined) return [];
    const { nodeId, shape, values } = found;
    return [{ name: info.fullName, node_id: nodeId, kind, shape: [...shape], dtype: "float32" as const, values: encode(values, false) }];
  });
}
