/** A model or design file becomes a project: the design is editable at once, a model brings a finished run with its weights. */
import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { AppError } from "../../../core/errors.ts";
import { MODEL_FORMAT } from "../../../core/export/json/format.ts";
import { readModel } from "../../../core/export/json/model-json.ts";
import { DESIGN_FORMAT } from "../../../core/graph/document.ts";
import { readDesign } from "../../../core/graph/migrate.ts";
import { isForeignModel, readForeignModel } from "../../../core/import/read-foreign.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { RunOwner, Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import type { HostFiles } from "../files.ts";
import { modelOfForeign } from "./foreign-model.ts";
import type { ProjectFiles } from "./project-files.ts";

type StoredProject = ReturnType<Store["createProject"]>;
type Part = { readonly file: string; readonly name: string };
type FileWatch = Parameters<Parameters<ProjectFiles["task"]>[1]>[0];
/** Between two parts of the work: says how far it is, and ends it where that was asked for. Nothing is kept before the last. */
type NextPhase = () => Promise<void>;

const PHASES = 5;
const NEWER_SET: readonly string[] = ["data.unknown_builtin", "data.generator_option_unknown"];

/** @throws AppError project_file.cancelled from the phase that follows the wish */
function phasesOf(watch: FileWatch | null): NextPhase {
  let phase = 0;
  return async () => {
    watch?.onProgress(Math.min(phase, PHASES), PHASES);
    phase += 1;
    // Each part keeps this thread busy: what was asked meanwhile is heard here.
    await setImmediate();
    if (watch?.signal.aborted === true) throw new AppError("project_file.cancelled");
  };
}

export function importHandlers(o: {
  readonly store: Store;
  readonly files: HostFiles;
  readonly events: HostEvents;
  readonly owner: RunOwner;
  readonly now: () => number;
  readonly startTask: StartTask;
  /** Lets an import be watched and cancelled by the id of its task. */
  readonly task: ProjectFiles["task"];
  /** Makes a built-in set. @returns the id of the data set */
  readonly makeBuiltin: (name: string, options: Record<string, number>) => Promise<string>;
}): Pick<HostHandlers, "models.import"> {
  const { store, files, events, owner, now, task } = o;
  return {
    "models.import": async ({ file, parts = [], task_id }) => {
      const take = (watch: FileWatch | null): ReturnType<typeof imported> => imported(file, parts, phasesOf(watch));
      const project = task_id === undefined ? await take(null) : await task(task_id, take);
      for (const one of [file, ...parts.map((part) => part.file)]) files.forget(one);
      events.emit("projects.changed", {});
      return { project };
    },
  };

  async function imported(file: string, parts: readonly Part[], next: NextPhase): Promise<StoredProject> {
    await next();
    const text = readFileSync(files.incoming(file).path, "utf8");
    await next();
    if (text.slice(0, 4096).includes(MODEL_FORMAT)) return importModel(text, next);
    if (isForeignModel(text)) return importForeign(text, parts, next);
    if (text.trimStart().startsWith("{") && !text.includes(DESIGN_FORMAT)) throw new AppError("import.neither_known");
    return importDesign(text);
  }

  /** With its data where they are built in: they are made again, as of a template. */
  async function importDesign(text: string): Promise<StoredProject> {
    const design = readDesign(text);
    const source = design.data?.source;
    const datasetId =
      source?.kind !== "builtin"
        ? null
        : await o.makeBuiltin(source.name, source.options).catch((thrown: unknown) => {
            // A set of a newer version: the design opens all the same, and says that its data are not here.
            if (thrown instanceof AppError && NEWER_SET.includes(thrown.code)) return null;
            throw thrown;
          });
    return store.createProject({ name: design.name, design, datasetId });
  }

  /** Of Keras or TensorFlow.js; weights come with a model file made around them. */
  async function importForeign(text: string, parts: readonly Part[], next: NextPhase): Promise<StoredProject> {
    const bytes = new Map(parts.map((part) => [part.name, new Uint8Array(readFileSync(files.incoming(part.file).path))]));
    const found = readForeignModel(text, bytes);
    await next();
    if (found.weights !== null) return importModel(modelOfForeign(found), next);
    return store.createProject({ name: found.design.name, design: found.design, datasetId: null });
  }

  /** The weights come as a run that is done: it predicts, exports and compares like any other. */
  async function importModel(text: string, next: NextPhase): Promise<StoredProject> {
    await next();
    const model = readModel(text);
    await next();
    // Reading the weights into a network and predicting the stored rows proves that the file is whole.
    answered(await o.startTask({ kind: "check_model", model: text }), "model_checked");
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
