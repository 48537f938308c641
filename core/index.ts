/**
 * The engine as a library: what programs outside the app may rely on, in Node and in a browser (docs/engine.md shows it in ten lines).
 * The one barrel of the tree; nothing inside it imports from here.
 */
export { generate } from "./data/generators/generator.ts";
export { generatorNamed, generators } from "./data/generators/generators.ts";
export type { PreparedPart } from "./data/prepared.ts";
export { Random } from "./data/random.ts";
export type { Rows, TargetEncoding } from "./data/rows.ts";
export type { Table } from "./data/table.ts";
export { AppError } from "./errors.ts";
export { readModel } from "./export/json/model-json.ts";
export type { DesignDocument, EdgeDocument, GraphDocument, NodeDocument } from "./graph/document.ts";
export { readDesign } from "./graph/migrate.ts";
export { propagate } from "./graph/propagate.ts";
export type { Propagation } from "./graph/propagation.ts";
export { type SequentialLayer, sequential } from "./graph/sequential.ts";
export { type Plan, planPrograms } from "./ir/plan.ts";
export { printProgram } from "./ir/printer.ts";
export type { KernelBackend } from "./kernels/backend.ts";
export { createReferenceBackend } from "./kernels/reference/backend.ts";
export { createWasmBackend, type WasmBackend, type WasmBackendOptions } from "./kernels/wasm/backend.ts";
export { runHelper, runHelperInPage } from "./kernels/wasm/threads/helper.ts";
export type { HelperStart, HelperThread, ProgramMessage, SpawnHelper } from "./kernels/wasm/threads/protocol.ts";
export { layerDefinition, layerTypes } from "./layers/registry.ts";
export { lossNames } from "./losses/definitions.ts";
export { optimizerNames } from "./optimizers/definitions.ts";
export { buildProgram } from "./spec/build.ts";
export { type DataFacts, makeModelSpec } from "./spec/model.ts";
export type { ModelSpec } from "./spec/model-spec.ts";
export { readTraining, type TrainingDocument, type TrainingOptions } from "./spec/training.ts";
export { restoreCheckpoint, takeCheckpoint } from "./train/checkpoint.ts";
export type { EpochReport, StepReport } from "./train/loop.ts";
export { Predictor } from "./train/model.ts";
export { Network, type NetworkOptions } from "./train/network.ts";
export { openTraining, predict, type Training, type TrainOptions, train } from "./train/train-arrays.ts";
export { type TrainDesignOptions, type TrainedDesign, trainDesign } from "./train/train-design.ts";
export { ENGINE_VERSION } from "./version.ts";
