/**
 * Training options: names and defaults of Keras 3, written out whole in every saved spec, so that a changed default
 * never changes an old design. The form in the app is generated from these schemas.
 */
import { AppError } from "../errors.ts";
import { NO_FIGURES, readFigureName } from "../metrics/figure-names.ts";
import { optimizerDefinition, optimizerDefinitions } from "../optimizers/definitions.ts";
import { scheduleDefinition } from "../schedules/definitions.ts";
import {
  type AnyConfig,
  bool,
  type ConfigOf,
  choice,
  float,
  int,
  names,
  optionalFloat,
  optionalInt,
  type Schema,
} from "../schema/fields.ts";
import { validateConfig } from "../schema/validate.ts";

export const trainingSchema = {
  batch_size: int({ default: 32, min: 1, max: 1_000_000 }),
  epochs: int({ default: 10, min: 1, max: 1_000_000 }),
  seed: int({ default: 0, min: 0, max: 4_294_967_295 }),
  shuffle: bool({ default: true, advanced: true }),
  class_weight: choice({ default: "none", values: ["none", "balanced"], advanced: true }),
  clipvalue: optionalFloat({ min: 0, max: 1e9, exclusiveMin: true, advanced: true }),
  clipnorm: optionalFloat({ min: 0, max: 1e9, exclusiveMin: true, advanced: true }),
  global_clipnorm: optionalFloat({ min: 0, max: 1e9, exclusiveMin: true, advanced: true }),
  use_ema: bool({ default: false, advanced: true }),
  ema_momentum: float({
    default: 0.99,
    min: 0,
    max: 1,
    exclusiveMax: true,
    advanced: true,
    visibleWhen: { field: "use_ema", values: [true] },
  }),
  top_k: int({ default: 5, min: 1, max: 1000, advanced: true }),
  /** Figures that have a curve; an empty list: the usual ones. */
  metrics: names({ of: "figures" }),
  /** Steps between two looks at the validation rows in the middle of an epoch; null: at its end alone. */
  validate_every: optionalInt({ min: 1, max: 1_000_000, advanced: true }),
  arithmetic: choice({ default: "fast", values: ["fast", "reproducible"], advanced: true }),
} as const;

export const earlyStoppingSchema = {
  enabled: bool({ default: false }),
  monitor: choice({ default: "val_loss", values: ["val_loss", "loss"], visibleWhen: { field: "enabled", values: [true] } }),
  min_delta: float({ default: 0.001, min: 0, max: 1e9, visibleWhen: { field: "enabled", values: [true] } }),
  patience: int({ default: 5, min: 0, max: 1_000_000, visibleWhen: { field: "enabled", values: [true] } }),
  restore_best_weights: bool({ default: true, visibleWhen: { field: "enabled", values: [true] } }),
} as const;

export type EarlyStopping = ConfigOf<typeof earlyStoppingSchema>;

/** A thing chosen by name, with its own options. */
interface Chosen {
  readonly type: string;
  readonly config: AnyConfig;
}

/** All options of a training run, every one present. */
export interface TrainingOptions extends ConfigOf<typeof trainingSchema> {
  readonly optimizer: Chosen;
  /** How the optimizer's learning rate changes from step to step. */
  readonly schedule: Chosen;
  readonly early_stopping: EarlyStopping;
}

/** The options as a design keeps them: `{optimizer: {type, …}, schedule: {type, …}, early_stopping: {…}, batch_size, …}`. */
export type TrainingDocument = Readonly<Record<string, unknown>>;

/**
 * Fills in defaults and validates.
 * @throws AppError config.*, train.unknown_metric, spec.unknown_optimizer or spec.unknown_schedule
 */
export function readTraining(document: TrainingDocument): TrainingOptions {
  const { optimizer = {}, schedule = {}, early_stopping = {}, ...rest } = document;
  const plain = validateConfig(trainingSchema, rest, "train");
  const unknown = plain.metrics.find(
    (name) => name !== NO_FIGURES && (readFigureName(name).known === null || readFigureName(name).output !== null),
  );
  if (unknown !== undefined) throw new AppError("train.unknown_metric", { name: unknown });
  return {
    ...plain,
    early_stopping: validateConfig(earlyStoppingSchema, early_stopping, "early_stopping"),
    optimizer: readChosen("optimizer", optimizer, "adam", optimizerDefinition),
    schedule: readChosen("schedule", schedule, "constant", scheduleDefinition),
  };
}

/** @param find the definition of a name; throws for one that is not known */
function readChosen(where: string, raw: unknown, fallback: string, find: (name: string) => { name: string; schema: Schema }): Chosen {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw))
    throw new AppError("config.not_an_object", { where, received: JSON.stringify(raw) });
  const { type = fallback, ...config } = raw as Record<string, unknown>;
  const { name, schema } = find(String(type));
  return { type: name, config: validateConfig(schema, config, name) };
}

/** The options as they are saved: everything written out, but for what came later and is at its default, so that hashes of before stay. */
export function writeTraining(options: TrainingOptions): TrainingDocument {
  const { optimizer, schedule, use_ema, ema_momentum, top_k, metrics, validate_every, ...others } = options;
  const rest = {
    ...others,
    ...(use_ema ? { use_ema, ema_momentum } : {}),
    ...(top_k === trainingSchema.top_k.default ? {} : { top_k }),
    ...(metrics.length === 0 ? {} : { metrics }),
    ...(validate_every === null ? {} : { validate_every }),
  };
  return { optimizer: { type: optimizer.type, ...optimizer.config }, schedule: { type: schedule.type, ...schedule.config }, ...rest };
}

/** Rows of each step but the last of an epoch, where `rows` are trained on. */
export function batchRows({ optimizer, batch_size }: Pick<TrainingOptions, "optimizer" | "batch_size">, rows: number): number {
  return takesAllRows(optimizer.type) ? rows : Math.min(batch_size, rows);
}

/** Whether the batch size says nothing, because every step of this optimizer is over all rows. False for a name that is not known. */
export function takesAllRows(optimizer: unknown): boolean {
  return (
    typeof optimizer === "string" &&
    Object.hasOwn(optimizerDefinitions, optimizer) &&
    optimizerDefinitions[optimizer]?.takesAllRows === true
  );
}

export function defaultTraining(): TrainingOptions {
  return readTraining({});
}
