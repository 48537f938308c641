/** The facts of a run as judges want them, from what is kept of it: its row, the losses of its epochs and its evaluation. */
import type { DesignDocument, SplitDocument } from "../../graph/document.ts";
import { takesAllRows, trainingSchema } from "../../spec/training.ts";
import type { EvaluatedOutput } from "../../train/evaluation.ts";
import type { EpochLosses, RunFacts } from "./verdict.ts";

/** Statuses at which a run came to its own end. */
const OWN_END: ReadonlySet<string> = new Set(["done"]);
const NOT_FINITE = "train.not_finite";
const INPUT_NOT_FINITE = "train.not_finite_input";

export interface KeptRun {
  readonly status: string;
  readonly error: { readonly code: string; readonly nodeId?: string | undefined } | null;
  readonly epochs: number;
  readonly steps_per_epoch: number;
  readonly parameters: number | null;
  readonly metrics?: Readonly<Record<string, number | null>>;
}

/** As `runs.losses` answers them. */
export interface KeptLosses {
  readonly epoch: number;
  readonly loss: number | null;
  readonly val_loss: number | null;
}

/** The rows that a run is judged on: those held out for validation, where there were any. */
export function judgedPart({ metrics }: { readonly metrics: Readonly<Record<string, unknown>> }): "validation" | "training" {
  return Object.keys(metrics).some((name) => name.startsWith("val_")) ? "validation" : "training";
}

export function factsOf(
  run: KeptRun,
  designs: Pick<RunFacts, "design" | "open">,
  losses: readonly KeptLosses[],
  outputs: readonly EvaluatedOutput[],
): RunFacts {
  const epochs: EpochLosses[] = losses.map(({ epoch, loss, val_loss: valLoss }) => ({ epoch, loss, valLoss }));
  const batchSize = designs.design.train["batch_size"] ?? trainingSchema.batch_size.default;
  const { optimizer } = designs.design.train;
  const inOneStep = takesAllRows((optimizer as { readonly type?: unknown } | undefined)?.type);
  const layer = designs.design.graph.nodes.find(({ id }) => id === run.error?.nodeId);
  const heldOut = epochs.some(({ valLoss }) => valLoss !== null);
  return {
    ...designs,
    epochs,
    lossesAlike: designs.design.train["class_weight"] !== "balanced" && designs.design.data?.sampling === undefined,
    epochsAsked: run.epochs,
    diverged: run.error?.code.startsWith(NOT_FINITE) ?? false,
    ...(layer === undefined ? {} : { divergedIn: layer.name }),
    brokenData: run.error?.code === INPUT_NOT_FINITE,
    metrics: run.metrics ?? {},
    ended: OWN_END.has(run.status),
    parameters: run.parameters,
    // Of a single step that takes them all a run does not say how many there are.
    trainingRows:
      typeof batchSize === "number" && !inOneStep
        ? learntRows({ steps: run.steps_per_epoch, batchSize }, designs.design, heldOut ? outputs : [])
        : null,
    outputs,
    outputsAreLearnt: run.metrics !== undefined && judgedPart({ metrics: run.metrics }) === "training",
  };
}

/**
 * To a batch, as the steps say it: a batch that is larger than the rows takes them all. Within that, by the share that the validation rows
 * are of the others.
 */
function learntRows(
  { steps, batchSize }: { readonly steps: number; readonly batchSize: number },
  { data }: DesignDocument,
  [heldOut]: readonly EvaluatedOutput[],
): number {
  const most = steps * batchSize;
  const times = data === null || heldOut === undefined ? null : learntForEachHeldOut(data.split);
  if (heldOut === undefined || times === null || steps === 0) return most;
  return Math.min(most, Math.max(most - batchSize + 1, Math.round(heldOut.rows * times)));
}

/** Null where the share is not chosen: a column says it. */
function learntForEachHeldOut({ method, folds, validation_fraction: held, test_fraction: tested = 0 }: SplitDocument): number | null {
  if (method === "none" || method === "column") return null;
  return folds === undefined ? (1 - held - tested) / held : folds - 1;
}
