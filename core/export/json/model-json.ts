/** Writing and reading of the model file. Reading trusts nothing: format, version, checksum, sizes and numbers are checked. */
import { AppError } from "../../errors.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { canonicalJson, hashOf } from "../../spec/hash.ts";
import {
  type EncodedNumbers,
  FIRST_FORMAT_VERSION,
  MODEL_FORMAT,
  MODEL_FORMAT_VERSION,
  type ModelFile,
  modelFileSchema,
  type WeightEntry,
} from "./format.ts";
import { decodeNumbers, encodeNumbers } from "./numbers.ts";

export function encode(values: Float32Array, plainArrays: boolean): EncodedNumbers {
  return plainArrays ? { encoding: "array", data: Array.from(values) } : { encoding: "base64", data: encodeNumbers(values) };
}

export function decode(values: EncodedNumbers, name: string): Float32Array {
  return values.encoding === "array" ? Float32Array.from(values.data) : decodeNumbers(values.data, name);
}

/** The file's text. @param model everything but format, version and checksum */
export function writeModel(model: Omit<ModelFile, "format" | "format_version" | "checksum">): string {
  // A program that knows no thresholds would decide at one half: it must refuse the file.
  const version = model.thresholds === undefined ? FIRST_FORMAT_VERSION : MODEL_FORMAT_VERSION;
  const body = { format: MODEL_FORMAT, format_version: version, ...model } as const;
  return JSON.stringify({ ...body, checksum: hashOf(body) });
}

/** The same model with its numbers in the other form. */
export function withEncoding(model: ModelFile, plainArrays: boolean): string {
  const { checksum: _checksum, format: _format, format_version: _version, ...rest } = model;
  const recode = <T extends { values: EncodedNumbers }>(entry: T): T => ({
    ...entry,
    values: encode(decode(entry.values, ""), plainArrays),
  });
  const recodeAll = <T extends { values: EncodedNumbers }>(entries: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, recode(entry)]));
  return writeModel({
    ...rest,
    weights: rest.weights.map(recode),
    check: { ...rest.check, inputs: recodeAll(rest.check.inputs), predictions: recodeAll(rest.check.predictions) },
  });
}

/**
 * @param text the file
 * @throws AppError model.cut_off, model.not_a_model, model.newer_version, model.malformed, model.altered, model.bad_weights
 */
export function readModel(text: string): ModelFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError(text.trimStart().startsWith("{") ? "model.cut_off" : "model.not_a_model", {}, { cause });
  }
  if (json === null || typeof json !== "object" || (json as { format?: unknown }).format !== MODEL_FORMAT)
    throw new AppError("model.not_a_model");
  const version = (json as { format_version?: unknown }).format_version;
  if (typeof version === "number" && version > MODEL_FORMAT_VERSION)
    throw new AppError("model.newer_version", { received: version, known: MODEL_FORMAT_VERSION });
  const { checksum, ...body } = json as Record<string, unknown>;
  const parsed = modelFileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError("model.malformed", { path: issue?.path.join(".") ?? "", problem: issue?.message ?? "" });
  }
  if (checksum !== hashOf(body)) throw new AppError("model.altered");
  for (const weight of parsed.data.weights) checkWeight(weight);
  return parsed.data;
}

function checkWeight(weight: WeightEntry): void {
  const values = decode(weight.values, weight.name);
  const expected = sizeOf(weight.shape);
  if (values.length !== expected) throw new AppError("model.weights_wrong_size", { name: weight.name, expected, received: values.length });
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new AppError("model.weights_not_finite", { name: weight.name, index: at }, { nodeId: weight.node_id });
}

/**
 * The same model with another threshold of one output, or one a label; null: one half, as if none had been chosen.
 * @returns the file's text
 */
export function withThreshold(model: ModelFile, nodeId: string, threshold: number | readonly number[] | null): string {
  const { checksum: _checksum, format: _format, format_version: _version, thresholds = {}, ...rest } = model;
  const { [nodeId]: _old, ...others } = thresholds;
  const next = threshold === null ? others : { ...others, [nodeId]: typeof threshold === "number" ? threshold : [...threshold] };
  return writeModel(Object.keys(next).length === 0 ? rest : { ...rest, thresholds: next });
}

/** Whether two models mean the same: everything but the form in which numbers are written. */
export function sameModel(a: ModelFile, b: ModelFile): boolean {
  return canonicalJson(JSON.parse(withEncoding(a, false))) === canonicalJson(JSON.parse(withEncoding(b, false)));
}
