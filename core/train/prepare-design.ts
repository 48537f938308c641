/**
 * Data and design meet: the preparation says how wide the features are, from that follow the shapes of the network, and
 * from those how wide the targets must be.
 */

import type { DataNeeds } from "../data/data-needs.ts";
import type { TellCounted } from "../data/graph/document-words.ts";
import { prepare } from "../data/prepare.ts";
import type { PreparedData } from "../data/prepared.ts";
import type { TargetEncoding, TargetLayout } from "../data/rows.ts";
import type { Table } from "../data/table.ts";
import { AppError } from "../errors.ts";
import type { DesignDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import { lossDefinition } from "../losses/definitions.ts";
import { type AskedFigures, taskOf } from "../metrics/task.ts";
import { type DataFacts, definitionOf, layersOfRole, makeModelSpec } from "../spec/model.ts";
import type { ModelSpec } from "../spec/model-spec.ts";
import { dataNeeds } from "../spec/needs.ts";
import { readTraining } from "../spec/training.ts";
import type { OutputInfo } from "./evaluate.ts";

/** The step that takes logarithms. */
const LOGARITHM = "log1p";

export interface PreparedDesign {
  readonly prepared: PreparedData;
  readonly spec: ModelSpec;
  readonly needs: DataNeeds;
  readonly encodings: Readonly<Record<string, TargetEncoding>>;
  readonly outputs: readonly OutputInfo[];
  /** What parameters start from, by full name, where that is not drawn: vectors of words (given-vectors.ts). */
  readonly given?: Readonly<Record<string, Float32Array>>;
}

interface DesignOptions {
  readonly tell?: TellCounted;
  /** Whether numbers that are missing come as NaN: no network takes them. */
  readonly withGaps?: boolean;
}

/** @throws AppError data.*, design.* or config.* */
export function prepareDesign(
  design: Pick<DesignDocument, "graph" | "data" | "train">,
  table: Table,
  { tell, withGaps = false }: DesignOptions = {},
): PreparedDesign {
  if (design.data === null) throw new AppError("design.no_data");
  const training = readTraining(design.train);
  const { seed } = training;
  const needsOf = (spec: ModelSpec | null): DataNeeds => {
    const needs = dataNeeds(design.graph, spec);
    return withGaps ? { ...needs, inputs: needs.inputs.map((input) => ({ ...input, takesGaps: true })) } : needs;
  };
  let needs = needsOf(null);
  if (design.data.graph !== undefined) requireGraphInputs(needs);
  let prepared = prepare(table, design.data, needs, seed, { tell });
  const spec = makeModelSpec(design.graph, factsOf(prepared, needs));
  needs = needsOf(spec);
  // Of a graph the answers are those of single nodes, whatever the network puts out for all of them.
  const fits = prepared.pipeline.graph !== undefined || needs.outputs.every((output) => widthOf(prepared, output.nodeId) === output.width);
  if (!fits) prepared = prepare(table, design.data, needs, seed, { tell });
  return { prepared, spec, needs, ...outputsOf(spec, prepared, needs, training) };
}

/** Without its edges there is no graph, and without a mask every word would have to have a class. @throws AppError data.graph_needs_* */
function requireGraphInputs({ inputs }: DataNeeds): void {
  if (!inputs.some(({ feeds }) => feeds === "graph")) throw new AppError("data.graph_needs_edges");
  if (!inputs.some(({ feeds }) => feeds === "mask")) throw new AppError("data.graph_needs_mask");
}

/**
 * Outputs with their encodings, in the order of the spec.
 * @param asked what training options say of figures
 */
export function outputsOf(
  spec: ModelSpec,
  { pipeline }: Pick<PreparedData, "pipeline">,
  needs: DataNeeds,
  asked: AskedFigures,
): Pick<PreparedDesign, "encodings" | "outputs"> {
  const outputs = layersOfRole(spec, "output").map((layer): OutputInfo => {
    const layout = pipeline.targets[layer.id];
    const output = definitionOf(layer).output?.(layer.config as never);
    if (layout === undefined || output === undefined) throw new Error(`output ${layer.name} has no target`);
    const { encoding } = layout;
    const { loss, weight } = output;
    // Classes at every step of a sequence are asked step by step.
    const width = encoding === "class_index" ? (layer.shape.at(-1) ?? 1) : sizeOf(layer.shape);
    return {
      layer,
      encoding,
      task: {
        ...taskOf(layout, lossDefinition(loss).expects, width, asked),
        ...(isLogarithmic(layout, pipeline) ? { logarithmic: true } : {}),
      },
      lossWeight: weight,
      fromColumns: needs.outputs.find((output) => output.nodeId === layer.id)?.targetInput === null,
    };
  });
  return { outputs, encodings: Object.fromEntries(outputs.map((output) => [output.layer.id, output.encoding])) };
}

/** Whether all that the output predicts is learnt as a logarithm. */
function isLogarithmic({ columns, encoding }: TargetLayout, { steps }: Pick<PreparedData["pipeline"], "steps">): boolean {
  return encoding === "value" && columns.every((name) => steps.some(({ step }) => step.type === LOGARITHM && step.columns.includes(name)));
}

/** Shapes and class counts as the data give them. */
export function factsOf({ training, pipeline }: Pick<PreparedData, "training" | "pipeline">, needs: DataNeeds): DataFacts {
  const nodes = pipeline.graph === undefined ? undefined : sizeOf(Object.values(training.targets)[0]?.shape ?? []);
  const inputs = Object.fromEntries(needs.inputs.map((input) => [input.nodeId, training.inputs[input.nodeId]?.shape ?? []]));
  const outputs = Object.fromEntries(
    needs.outputs.map((output) => {
      const layout = pipeline.targets[output.nodeId];
      const isClasses =
        layout !== undefined && layout.encoding !== "value" && layout.encoding !== "multi_binary" && layout.encoding !== "sign";
      return [
        output.nodeId,
        {
          ...(isClasses ? { classes: layout.classes.length } : {}),
          columns: layout?.columns.length ?? 0,
          ...(nodes === undefined ? {} : { shape: [nodes] }),
        },
      ];
    }),
  );
  return { inputs, outputs, ...(nodes === undefined ? {} : { nodes }) };
}

/** Width that the target as it was prepared asks of the output. */
export function widthOf({ training, pipeline }: Pick<PreparedData, "training" | "pipeline">, nodeId: string): number {
  const layout = pipeline.targets[nodeId];
  if (layout?.encoding === "class_index") return layout.classes.length;
  return sizeOf(training.targets[nodeId]?.shape ?? []);
}
