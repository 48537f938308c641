/** neuroloom train: the app's own services without a window. The run is kept in the library like any other. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { graphColumns } from "../../core/data/graph/graph-columns.ts";
import { AppError } from "../../core/errors.ts";
import type { DataDocument, DesignDocument } from "../../core/graph/document.ts";
import { sampledStepWords } from "../../core/graph/sampled-step.ts";
import { isBetweenEpochs, isCourseCurve, STEP_LOSS } from "../../core/metrics/curve-names.ts";
import type { CurvePoint, DatasetProfile, Evaluation, Run } from "../../core/protocol/methods.ts";
import { CLOCK_CURVE } from "../../core/protocol/run-clock.ts";
import { takesClasses } from "../../core/spec/needs.ts";
import { reportTexts } from "../../resources/translations/report.ts";
import { translate } from "../../resources/translations/translate.ts";
import type { PictureFormat } from "../host/datasets/pictures/picture-format.ts";
import { writeModelFile } from "../host/exports/write-model.ts";
import { homeFolder, makeHome } from "../host/home.ts";
import { type OpenedHost, openHost } from "../host/host.ts";
import { besideRun, besideText } from "./beside.ts";
import { EXIT, type Output, ProgressBar } from "./output.ts";
import { pixelsToTake } from "./pixels.ts";
import { type GivenData, readModelFile, withEdges } from "./read-files.ts";
import { type GivenVectors, withVectors } from "./vectors.ts";
import { noteVerdicts, verdictsOf } from "./verdicts.ts";

export interface TrainOptions {
  readonly design: DesignDocument;
  readonly data: string | null;
  /** Of the file, where it is not to be told from its bytes. */
  readonly encoding: string | null;
  /** What belongs to the file. */
  readonly joins: GivenData;
  readonly pictures: PictureFormat;
  readonly targets: readonly string[];
  /** Column of the rows' weights. */
  readonly weight: string | null;
  readonly epochs: number | null;
  readonly seed: number | null;
  readonly split: number | null;
  /** Column that tells the time: the last rows in its order are held out. */
  readonly byTime?: string | null;
  readonly threads: number | null;
  /** Files of word vectors that layers start from. */
  readonly vectors: readonly GivenVectors[];
  /** These layers are not trained. */
  readonly freezeVectors: boolean;
  readonly out: string | null;
}

export const WORKER = new URL(import.meta.url.endsWith(".ts") ? "../engine/trainer.worker.ts" : "./trainer.worker.js", import.meta.url);

/** Opens the host on the library of the person who calls, and closes it again whatever happens. */
export async function withHost<T>(act: (host: OpenedHost) => Promise<T>): Promise<T> {
  const host = await openHost({ home: makeHome(homeFolder()), entry: "test", workerUrl: WORKER });
  try {
    return await act(host);
  } finally {
    await host.shutdown({ checkpoint: true });
  }
}

/** @returns the exit code */
export async function train(options: TrainOptions, output: Output): Promise<number> {
  return withHost(async (host) => {
    const profile = await loadData(host, options, output);
    const design = await withVectors(host, profile, await completeDesign(host, profile, options), options, output);
    const projectId = await projectFor(host, design, profile.dataset.id);
    const run = await follow(
      host,
      output,
      async () =>
        (
          await host.handlers["runs.start"]({
            project_id: projectId,
            design,
            dataset_id: profile.dataset.id,
            ...(options.threads === null ? {} : { threads: options.threads }),
          })
        ).run,
    );
    if (run.status === "failed" && run.error !== null) {
      output.error(run.error);
      return run.error.code === "internal.fault" || run.error.code === "engine.worker_died" ? EXIT.ourFault : EXIT.inputAtFault;
    }
    const test = await testOf(host, run, design);
    const baselines = await besideRun(host, run, output);
    const verdicts = await verdictsOf(host, run);
    noteVerdicts(verdicts, output);
    const sampled = run.sampled_steps ?? [];
    const model = options.out === null ? null : await writeRun(host, run, options.out);
    output.result(
      {
        event: "done",
        run_id: run.id,
        status: run.status,
        epochs: run.epoch,
        best_epoch: run.best_epoch,
        val_loss: run.metrics["val_loss"] ?? null,
        metrics: run.metrics,
        test,
        ...(baselines === null ? {} : { baselines }),
        verdicts,
        ...(sampled.length === 0 ? {} : { sampled_steps: sampled }),
        seconds: run.seconds,
        model,
      },
      `${run.status} after ${run.epoch} epochs, ${run.seconds.toFixed(1)} s${run.best_epoch === null ? "" : `, best epoch ${run.best_epoch}`}: ${figures(run.metrics)}${test === null ? "" : `\ntest (${test.rows} rows): ${figures({ loss: test.loss, ...test.outputs[0]?.figures })}`}${besideText(baselines)}${sampled.map((step) => `\nfitted on a sample: ${translate(reportTexts, "en", "report.sampled_step", sampledStepWords(step, "en"))}`).join("")}\nrun ${run.id}${model === null ? "" : `\nmodel ${model}`}`,
    );
    return EXIT.ok;
  });
}

/** Of the rows that were kept aside; null where there are none. */
async function testOf(host: OpenedHost, run: Run, { data }: DesignDocument): Promise<Pick<Evaluation, "rows" | "loss" | "outputs"> | null> {
  const mayHave = data !== null && (data.split.test_fraction !== undefined || data.split.method === "column");
  if (!run.has_model || !mayHave) return null;
  try {
    const { rows, loss, outputs } = (await host.handlers["runs.evaluation"]({ id: run.id, part: "test" })).evaluation;
    return { rows, loss, outputs };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "run.no_test_rows") return null;
    throw thrown;
  }
}

export const figures = (metrics: Readonly<Record<string, number | null>>): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${value === null ? "–" : value.toFixed(4)}`)
    .join(", ");

export async function loadData(
  host: OpenedHost,
  {
    data,
    design,
    encoding,
    joins,
    pictures,
    targets,
  }: Pick<TrainOptions, "data" | "design" | "encoding" | "joins" | "pictures" | "targets">,
  output: Output,
): Promise<DatasetProfile> {
  if (data === null) {
    const source = design.data?.source;
    if (source?.kind !== "builtin") throw new AppError("cli.no_data");
    return host.datasets.makeBuiltin(source.name, source.options);
  }
  const bar = new ProgressBar();
  const profile = await withEdges(data, joins, { encoding: encoding ?? undefined }, ({ path, ...rows }) =>
    host.datasets.importPath(path, basename(data), {
      onProgress: ({ stage, bytes, totalBytes }) => bar.show(totalBytes === 0 ? 0 : bytes / totalBytes, stage),
      ...joins,
      ...rows,
      pictures,
    }),
  );
  bar.clear();
  for (const warning of profile.warnings) if (!output.json) output.note(`note: ${warning.code} ${JSON.stringify(warning.params)}`);
  if (joins.pixels === undefined) return profile;
  const taken = pixelsToTake(basename(data), profile.columns, targets, joins.pixels);
  return host.handlers["datasets.pictures_of_columns"]({ id: profile.dataset.id, columns: [...taken.columns], shape: [...taken.shape] });
}

/** The design with its data section: as it stands, proposed from the file, or with the target asked for. */
export async function completeDesign(
  host: OpenedHost,
  profile: DatasetProfile,
  options: Pick<TrainOptions, "design" | "targets" | "weight" | "epochs" | "seed" | "split" | "byTime">,
): Promise<DesignDocument> {
  const { design, targets, weight, epochs, seed, split, byTime = null } = options;
  const proposed = design.data === null || targets.length > 0;
  const data = proposed ? (await host.handlers["datasets.propose"]({ id: profile.dataset.id, targets: [...targets] })).data : design.data;
  if (data === null) throw new AppError("design.no_data");
  // A target of few different numbers may look like classes to the proposal; the network's loss decides.
  const method = proposed && data.split.method === "stratified" && !takesClasses(design.graph) ? "random" : data.split.method;
  const completed: DataDocument = {
    ...withGraphOf(design.data, weight === null ? data : withWeights(data, weight)),
    split: { ...data.split, method, ...(split === null ? {} : { validation_fraction: split }) },
  };
  return {
    ...design,
    data: byTime === null ? completed : inOrderOf(completed, byTime),
    train: { ...design.train, ...(epochs === null ? {} : { epochs }), ...(seed === null ? {} : { seed }) },
  };
}

/** A proposal knows nothing of a graph that the design names: it is kept, and its columns are no features. */
function withGraphOf(given: DataDocument | null, data: DataDocument): DataDocument {
  const graph = given?.graph;
  if (graph === undefined || data === given) return data;
  const own = graphColumns(graph);
  const steps = data.steps.map((step) => ({ ...step, columns: step.columns.filter((name) => !own.includes(name)) }));
  return {
    ...data,
    graph,
    columns: data.columns.map((column) => (own.includes(column.name) ? { ...column, type: "text", role: "ignored" } : column)),
    steps: steps.filter(({ columns }) => columns.length > 0),
  };
}

/** @throws AppError data.column_missing */
function inOrderOf(data: DataDocument, time: string): DataDocument {
  if (!data.columns.some(({ name }) => name === time)) throw new AppError("data.column_missing", { columns: time, count: 1 });
  const { window } = data;
  const split = { ...data.split, method: "time" as const };
  return window === undefined
    ? { ...data, split: { ...split, order_by: time } }
    : { ...data, split, window: { ...window, order_by: time } };
}

/** The column is taken out of what the network sees and of the preparation. @throws AppError data.column_missing */
function withWeights(data: DataDocument, weight: string): DataDocument {
  if (!data.columns.some(({ name }) => name === weight)) throw new AppError("data.column_missing", { columns: weight, count: 1 });
  const steps = data.steps.map((step) => ({ ...step, columns: step.columns.filter((name) => name !== weight) }));
  return {
    ...data,
    columns: data.columns.map((column) =>
      column.name === weight ? { ...column, role: "weight" } : column.role === "weight" ? { ...column, role: "ignored" } : column,
    ),
    steps: steps.filter(({ columns }) => columns.length > 0),
    // The features are fewer by at least one.
    feature_count: null,
  };
}

/** Runs of one design's name stand together in one project. */
export async function projectFor(host: OpenedHost, design: DesignDocument, datasetId: string): Promise<string> {
  const { projects } = await host.handlers["projects.list"]({});
  const known = projects.find((project) => project.name === design.name);
  return (known ?? (await host.handlers["projects.create"]({ design, dataset_id: datasetId })).project).id;
}

/** " (parameter 0.4, temporary 1.2)": the classes of tensors that take a tenth of a megabyte or more. */
function memoryWords({ memory }: Run): string {
  const parts = Object.entries(memory ?? {})
    .map(([role, bytes]) => ({ role, megabytes: bytes / 2 ** 20 }))
    .filter(({ megabytes }) => megabytes >= 0.05)
    .map(({ role, megabytes }) => `${role} ${megabytes.toFixed(1)}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** Starts a run and resolves when it has ended. Ctrl+C ends it and keeps the model; a second one leaves at once. */
function follow(host: OpenedHost, output: Output, start: () => Promise<Run>): Promise<Run> {
  return new Promise((resolve, reject) => {
    const bar = new ProgressBar();
    let id: string | null = null;
    let announced = false;
    const early: Run[] = [];
    const interrupt = (): void => {
      process.once("SIGINT", () => process.exit(EXIT.interrupted));
      if (id !== null) void host.handlers["runs.stop"]({ id }).catch(reject);
    };
    process.once("SIGINT", interrupt);
    const seen = (run: Run): void => {
      if (!announced && run.parameters !== null) {
        announced = true;
        output.result(
          {
            event: "ready",
            parameters: run.parameters,
            peak_bytes: run.peak_bytes,
            memory: run.memory,
            backend: run.backend,
            threads: run.threads,
          },
          `${run.parameters.toLocaleString("en")} parameters, ${((run.peak_bytes ?? 0) / 2 ** 20).toFixed(1)} MB${memoryWords(run)}, ${run.backend}, ${run.threads} thread${run.threads === 1 ? "" : "s"}`,
        );
      }
      if (run.status === "running")
        bar.show(run.epoch / run.epochs, `epoch ${run.epoch} of ${run.epochs}, step ${run.step}, ${run.seconds.toFixed(1)} s`);
      if (!["done", "stopped", "failed", "interrupted"].includes(run.status)) return;
      bar.clear();
      stopListening();
      process.removeListener("SIGINT", interrupt);
      resolve(run);
    };
    const stopListening = host.onEvent((event, payload) => {
      if (event === "run.points" && "points" in payload && "run_id" in payload) printPoints(payload.points, output, bar);
      if (event !== "run.changed" || !("run" in payload)) return;
      if (id === null) early.push(payload.run);
      else if (payload.run.id === id) seen(payload.run);
    });
    start().then((run) => {
      id = run.id;
      for (const past of early) if (past.id === id) seen(past);
    }, reject);
  });
}

/** Points of a step come together; a line is printed for each epoch. As JSON, what lies between the epochs has lines of its own. */
function printPoints(points: readonly CurvePoint[], output: Output, bar: ProgressBar): void {
  const steps = new Map<number, CurvePoint[]>();
  // The loss of every step is in the curves of the run.
  for (const point of points)
    if (point.name !== CLOCK_CURVE && point.name !== STEP_LOSS) steps.set(point.step, [...(steps.get(point.step) ?? []), point]);
  for (const [step, found] of steps) {
    const { epoch = 0, seconds = 0 } = found[0] ?? {};
    const isEnd = found.some(({ name }) => name === "loss");
    const between = valuesOf(found.filter(({ name }) => isBetweenEpochs(name) || (!isEnd && isCourseCurve(name))));
    if (Object.keys(between).length > 0) output.result({ event: "step", step, epoch, metrics: between, seconds }, null);
    if (!isEnd) continue;
    const values = valuesOf(found.filter(({ name }) => !isBetweenEpochs(name)));
    const { loss = null, val_loss = null, ...metrics } = values;
    bar.clear();
    output.result(
      { event: "epoch", epoch, loss, val_loss, metrics, seconds },
      `epoch ${String(epoch).padStart(4)}  ${seconds.toFixed(1).padStart(7)} s  ${figures(values)}`,
    );
  }
}

const valuesOf = (points: readonly CurvePoint[]): Record<string, number | null> =>
  Object.fromEntries(points.map(({ name, value }) => [name, value]));

/** DIR/model.json, read back and compared, and DIR/run.json: the run with its design and curves. */
export async function writeRun(host: OpenedHost, run: Run, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const exported = await host.handlers["exports.model"]({ run_id: run.id, format: "json", plain_arrays: false });
  const file = host.downloads.resolve(exported.download);
  if (file === null || !existsSync(file.path)) throw new Error("the exported model is gone");
  const path = join(folder, "model.json");
  writeModelFile(readModelFile(file.path), path, false);
  const { curves } = await host.handlers["runs.curves"]({ id: run.id, max_points: 100_000 });
  const { design } = await host.handlers["runs.get"]({ id: run.id });
  writeFileSync(
    join(folder, "run.json"),
    `${JSON.stringify({ format: "neuroloom-run", format_version: 1, run, design, curves }, null, 2)}\n`,
  );
  return path;
}
