/** A model or design file becomes a project: the design is editable at once, a model brings a finished run with its weights. */
import { AppError } from "../../../core/errors.ts";
import { addAnnotationCommand } from "../../../core/graph/annotations.ts";
import { applyCommand } from "../../../core/graph/commands.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { readTraining } from "../../../core/spec/training.ts";
import { startTexts } from "../../../resources/translations/app/start.ts";
import { type Language, translate } from "../../../resources/translations/translate.ts";
import type { ReadModel } from "../../engine/import-task.ts";
import { answered, type StartTask, type TaskOptions } from "../../engine/task-handle.ts";
import type { RunOwner, Store } from "../../store/store.ts";
import type { HostEvents } from "../events.ts";
import type { HostFiles } from "../files.ts";
import type { ProjectFiles } from "./project-files.ts";

type StoredProject = ReturnType<Store["createProject"]>;
type Imported = MethodOutput<"models.import">;
type Part = { readonly file: string; readonly name: string };
type FileWatch = Parameters<Parameters<ProjectFiles["task"]>[1]>[0];

/** Those of the thread that reads the file, and that its project is kept. */
const PHASES = 5;
const NEWER_SET: readonly string[] = ["data.unknown_builtin", "data.generator_option_unknown"];

const optionsOf = ({ signal, onProgress }: FileWatch): TaskOptions => ({
  signal,
  endsWith: "project_file.cancelled",
  onMessage: (message) => {
    if (message.kind === "import_progress") onProgress(message.done, PHASES);
  },
});

const NOTE_WIDTH = 420;
/** Of a note: its padding, and a line of its text. */
const [NOTE_PADDING, NOTE_LINE] = [48, 20];
const MOST_LINES = 20;
/** More would be no note any more. */
const LONGEST_NOTE = 10_000;

/** What was left out stands on the canvas, above the layers: the message of the import is soon gone. */
function withNote(design: DesignDocument, leftOut: readonly string[], language: Language): DesignDocument {
  const text = translate(startTexts, language, "start.left_out_note", { options: leftOut.join("\n") }).slice(0, LONGEST_NOTE);
  const height = NOTE_PADDING + NOTE_LINE * Math.min(MOST_LINES, text.split("\n").length);
  const left = Math.min(...design.graph.nodes.map(({ position }) => position.x));
  const top = Math.min(...design.graph.nodes.map(({ position }) => position.y));
  const position = { x: left, y: top - height - NOTE_PADDING };
  const note = { kind: "note", text, colour: "yellow", position, width: NOTE_WIDTH, height };
  return applyCommand(
    design,
    addAnnotationCommand(design, note, () => "left_out"),
  ).design;
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
    "models.import": async ({ file, parts = [], task_id, language = "en" }) => {
      const take = (watch: FileWatch | null): ReturnType<typeof imported> => imported(file, parts, language, watch);
      const answer = task_id === undefined ? await take(null) : await task(task_id, take);
      for (const one of [file, ...parts.map((part) => part.file)]) files.forget(one);
      events.emit("projects.changed", {});
      return answer;
    },
  };

  /** A large file is read, and tried, in a thread of its own; nothing is kept before the last step. */
  async function imported(file: string, parts: readonly Part[], language: Language, watch: FileWatch | null): Promise<Imported> {
    watch?.onProgress(0, PHASES);
    const task = {
      kind: "read_import",
      path: files.incoming(file).path,
      parts: parts.map((part) => ({ name: part.name, path: files.incoming(part.file).path })),
    } as const;
    const read = answered(await o.startTask(task, watch === null ? {} : optionsOf(watch)), "import_read");
    watch?.onProgress(PHASES - 1, PHASES);
    if (watch?.signal.aborted === true) throw new AppError("project_file.cancelled");
    const { model, foreign } = read;
    const leftOut = foreign?.leftOut ?? [];
    const design = leftOut.length === 0 ? read.design : withNote(read.design, leftOut, language);
    const project =
      model !== null
        ? await importModel(design, model)
        : foreign !== null
          ? store.createProject({ name: design.name, design, datasetId: null })
          : await importDesign(design);
    return { project, left_out: [...leftOut] };
  }

  /** With its data where they are built in: they are made again, as of a template. */
  async function importDesign(design: DesignDocument): Promise<StoredProject> {
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

  /** The weights come as a run that is done: it predicts, exports and compares like any other. */
  async function importModel(design: DesignDocument, model: ReadModel): Promise<StoredProject> {
    const { result } = model;
    const known = store.findDataset(model.fingerprint);
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
    await store.saveModel(run.id, model.file, { sampled_steps: model.sampledSteps });
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
