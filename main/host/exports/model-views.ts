/** What people look at in a trained model: the weights of a layer by name, and the surface over two features. */

import type { Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import { sizeOf } from "../../../core/ir/tensor.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Predictor } from "../../../core/train/model.ts";
import { prepareDesign } from "../../../core/train/prepare-design.ts";
import type { Store } from "../../store/store.ts";
import type { TrainedModels } from "./trained-model.ts";

/** The plane is drawn this much beyond the outermost points. */
const MARGIN = 0.1;

export function modelViewHandlers(o: {
  readonly store: Store;
  readonly models: TrainedModels;
  readonly tableOf: (datasetId: string, runId: string) => Promise<Table>;
}): Pick<HostHandlers, "runs.weights" | "runs.surface"> {
  const { store, models, tableOf } = o;
  return {
    "runs.weights": async ({ id, node_id }) => {
      const predictor = models.predictor(id);
      const { network, pipeline } = predictor;
      const infos = network.parameters.filter((info) => info.nodeId === node_id);
      const [firstInput] = network.spec.layers.filter((layer) => layer.id === node_id).flatMap((layer) => layer.inputs);
      const takesFeatures = Object.hasOwn(predictor.model.check.inputs, firstInput ?? "");
      return {
        parameters: infos.map((info) => ({
          name: info.name,
          shape: [...info.shape],
          values: Array.from(network.view("parameter", info.fullName)),
        })),
        features: takesFeatures ? pipeline.features.flatMap((group) => [...group.names]) : [],
        classes: [
          ...(predictor.outputs.map(({ layer }) => pipeline.targets[layer.id]?.classes ?? []).find((classes) => classes.length > 0) ?? []),
        ],
      };
    },
    "runs.surface": async ({ id, resolution }) => {
      const run = store.getRun(id);
      if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
      const design = store.runDesign(id);
      const { prepared, needs } = prepareDesign(design, await tableOf(run.dataset_id, id));
      const predictor = models.predictor(id);
      const [input] = needs.inputs;
      const rows = input === undefined ? undefined : prepared.training.inputs[input.nodeId];
      if (input === undefined || rows === undefined || needs.inputs.length !== 1 || sizeOf(rows.shape) !== 2)
        throw new AppError("run.surface_needs_two_features", { width: rows === undefined ? 0 : sizeOf(rows.shape) });
      return surface(predictor, input.nodeId, prepared, resolution);
    },
  };
}

type Prepared = ReturnType<typeof prepareDesign>["prepared"];

function surface(
  predictor: Predictor,
  inputId: string,
  prepared: Prepared,
  resolution: number,
): { x: number[]; y: number[]; values: number[]; points: { x: number; y: number; label: number; validation: boolean }[] } {
  const points = [...pointsOf(prepared.training, inputId, false), ...pointsOf(prepared.validation, inputId, true)];
  const axis = (pick: (point: (typeof points)[number]) => number): number[] => {
    const values = points.map(pick);
    const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const margin = (high - low || 1) * MARGIN;
    return Array.from({ length: resolution }, (_, i) => low - margin + ((high - low + 2 * margin) * i) / (resolution - 1));
  };
  const x = axis((point) => point.x);
  const y = axis((point) => point.y);
  const grid = Float32Array.from({ length: 2 * resolution * resolution }, (_, i) => {
    const cell = i >> 1;
    return (i % 2 === 0 ? x[cell % resolution] : y[Math.floor(cell / resolution)]) ?? 0;
  });
  const rowCount = resolution * resolution;
  const predictions = predictor.predict({
    rowCount,
    rowIds: Uint32Array.from({ length: rowCount }, (_, i) => i),
    inputs: { [inputId]: { shape: [2], values: grid } },
    targets: {},
  });
  const [output] = predictor.outputs;
  const width = output === undefined ? 1 : sizeOf(output.layer.shape);
  const values = output === undefined ? new Float32Array(0) : (predictions[output.layer.id] ?? new Float32Array(0));
  return { x, y, values: Array.from({ length: rowCount }, (_, i) => classValue(values.subarray(i * width, (i + 1) * width))), points };
}

/** One number a cell: the value itself, or the index of the largest of several. */
function classValue(values: Float32Array): number {
  return values.length === 1 ? (values[0] ?? 0) : values.indexOf(Math.max(...values));
}

function pointsOf(
  part: Prepared["training"],
  inputId: string,
  validation: boolean,
): { x: number; y: number; label: number; validation: boolean }[] {
  const rows = part.inputs[inputId];
  const [target] = Object.values(part.targets);
  if (rows === undefined) return [];
  const width = target === undefined ? 1 : sizeOf(target.shape);
  return Array.from({ length: Math.min(part.rowCount, 2000) }, (_, i) => ({
    x: rows.values[2 * i] ?? 0,
    y: rows.values[2 * i + 1] ?? 0,
    label: target === undefined ? 0 : classValue(target.values.subarray(i * width, (i + 1) * width)),
    validation,
  }));
}
