/** A model or design file becomes a project: the design is editable at once, a model brings a finished run with its weights. */
import { readFileSync } from "node:fs";
import { MODEL_FORMAT } from "../../../core/export/json/format.ts";
import { readModel } from "../../../core/export/json/model-json.ts";
import { readDesign } from "../../../core/graph/migrate.ts";
import { isForeignModel, readForeignModel } from "../../../core/import/read-foreign.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { readTraining } from "../../../core/spec/training.ts";
import type { RunOwner, Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import { openPredictor } from "../exports/trained-model.ts";
import type { HostFiles } from "../files.ts";
import { modelOfForeign } from "./foreign-model.ts";

export function importHandlers(o: {
  readonly store: Store;
  readonly files: HostFiles;
  readonly events: HostEvents;
  readonly owner: RunOwner;
  readonly now: () => number;
}): Pick<HostHandlers, "models.import"> {
  const { store, files, events, owner, now } = o;
  return {
    "models.import": async ({ file, parts = [] }) => {
      const { path } = files.incoming(file);
      const text = readFileSync(path, "utf8");
      const ours = text.slice(0, 4096).includes(MODEL_FORMAT);
      const project = ours ? importModel(text) : isForeignModel(text) ? importForeign(text, parts) : importDesign(text);
      for (const one of [file, ...parts.map((part) => part.file)]) files.forget(one);
      events.emit("projects.changed", {});
      return { project };
    },
  };

  function importDesign(text: string): ReturnType<Store["createProject"]> {
    const design = readDesign(text);
    return store.createProject({ name: design.name, design, datasetId: null });
  }

  /** Of Keras or TensorFlow.js; weights come with a model file made around them. */
  function importForeign(
    text: string,
    parts: readonly { readonly file: string; readonly name: string }[],
  ): ReturnType<Store["createProject"]> {
    const bytes = new Map(parts.map((part) => [part.name, new Uint8Array(readFileSync(files.incoming(part.file).path))]));
    const found = readForeignModel(text, bytes);
    if (found.weights !== null) return importModel(modelOfForeign(found));
    return store.createProject({ name: found.design.name, design: found.design, datasetId: null });
  }

  /** The weights come as a run that is done: it predicts, exports and compares like any other. */
  function importModel(text: string): ReturnType<Store["createProject"]> {
    const model = readModel(text);
    // Reading the weights into a network and predicting the stored rows proves that the file is whole.
    openPredictor(model).check();
    const design = readDesign(model.design);
    const { result } = model;
    const known = store.findDataset(model.design.data?.row_choices?.fingerprint ?? result.data_fingerprint);
    const project = store.createProject({ name: design.name, design, datasetId: known?.id ?? null });
    const training = readTraining(model.training);
    const run = store.createRun({
      projectId: project.id,
      design,
      owner,
      datasetId: known?.id ?? null,
      datasetName: result.data_name,
      dataFingerprint: result.data_fingerprint,
      specHash: result.spec_hash,
      engineVersion: model.engine_version,
      seed: training.seed,
      epochs: training.epochs,
      tags: ["imported"],
    });
    store.saveModel(run.id, new TextEncoder().encode(text));
    store.updateRun(run.id, {
      status: "done",
      metrics: result.metrics,
      epoch: result.epochs,
      best_epoch: result.best_epoch,
      seconds: result.seconds,
      step: result.steps,
      started_at: now(),
      ended_at: now(),
    });
    return store.getProject(project.id).project;
  }
}
