/** The facts of a run as judges want them, from what is kept of it: its row, the losses of its epochs and its evaluation. */
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
  return {
    ...designs,
    epochs,
    epochsAsked: run.epochs,
    diverged: run.error?.code.startsWith(NOT_FINITE) ?? false,
    ...(layer === undefined ? {} : { divergedIn: layer.name }),
    brokenData: run.error?.code === INPUT_NOT_FINITE,
    metrics: run.metrics ?? {},
    ended: OWN_END.has(run.status),
    parameters: run.parameters,
    // To a batch: the last one of an epoch may be smaller. Of a single step that takes them all a run does not say how many there are.
    trainingRows: typeof batchSize === "number" && !inOneStep ? run.steps_per_epoch * batchSize : null,
    outputs,
  };
}
