/** Training options as a design keeps them, read one by one: what is not valid is said elsewhere and read here as not set. */
import type { DesignDocument } from "../graph/document.ts";
import { optimizerDefinitions } from "../optimizers/definitions.ts";
import { earlyStoppingSchema, takesAllRows, trainingSchema } from "../spec/training.ts";

type Options = Readonly<Record<string, unknown>>;

export function optionsOf(design: DesignDocument, name: "optimizer" | "schedule" | "early_stopping"): Options {
  const value = design.train[name];
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Options) : {};
}

/** An option of the optimizer, with its default; undefined where it has none of that name. */
export function optimizerOption(design: DesignDocument, name: string): unknown {
  const options = optionsOf(design, "optimizer");
  const { type = "adam" } = options;
  const schema = typeof type === "string" && Object.hasOwn(optimizerDefinitions, type) ? optimizerDefinitions[type]?.schema : undefined;
  return schema?.[name] === undefined ? undefined : (options[name] ?? schema[name].default);
}

/** Rows of a step of a training on `rows` rows; null where what the design says is no number. */
export function batchRowsOf(design: DesignDocument, rows: number): number | null {
  if (takesAllRows(optionsOf(design, "optimizer")["type"])) return rows;
  const size = trainingOption(design, "batch_size");
  return typeof size === "number" ? size : null;
}

export function trainingOption(design: DesignDocument, name: keyof typeof trainingSchema): unknown {
  return design.train[name] ?? trainingSchema[name].default;
}
export function earlyStoppingOption(design: DesignDocument, name: keyof typeof earlyStoppingSchema): unknown {
  return optionsOf(design, "early_stopping")[name] ?? earlyStoppingSchema[name].default;
}
