/** What people look at in a trained model: the weights of a layer by name, and the surface over two features. */

import type { Table } from "../../../core/data/table.ts";
import { AppError } from "../../../core/errors.ts";
import { sizeOf } from "../../../core/ir/tensor.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { prepareDesign } from "../../../core/train/prepare-design.ts";
import type { Store } from "../../store/store.ts";
import { surfaceOf } from "./surface.ts";
import type { TrainedModels } from "./trained-model.ts";

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
      return surfaceOf(predictor, input, prepared, resolution);
    },
  };
}
