/**
 * Validation of a configuration against its schema: fills in defaults, refuses what is unknown or out of range, and
 * says which field, what was expected and what was received.
 */
import { AppError } from "../errors.ts";
import type { ConfigOf, Field, Schema } from "./fields.ts";

/** The configuration in which every field has its default. */
export function defaultsOf<S extends Schema>(schema: S): ConfigOf<S> {
  const out: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema)) out[name] = field.default;
  return out as ConfigOf<S>;
}

/**
 * @param raw   what came from a file, a message or the canvas
 * @param where how the error names the owner: "Dense 'fc1'"
 * @returns the configuration with every field of the schema present
 * @throws AppError config.* naming owner and field
 */
export function validateConfig<S extends Schema>(schema: S, raw: unknown, where: string): ConfigOf<S> {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw))
    throw new AppError("config.not_an_object", { where, received: show(raw) });
  const given = raw as Record<string, unknown>;
  for (const key of Object.keys(given))
    if (!Object.hasOwn(schema, key))
      throw new AppError("config.unknown_field", { where, field: key, known: Object.keys(schema).join(", ") });
  const out: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema)) {
    const value = given[name];
    out[name] = value === undefined ? field.default : validateValue(field, value, where, name);
  }
  return out as ConfigOf<S>;
}

/** One value against its field; returns it unchanged or throws AppError config.*. */
export function validateValue(field: Field, value: unknown, where: string, name: string): unknown {
  const wrong = (): AppError => wrongValue(field, value, where, name);
  if (value === null && "nullable" in field && field.nullable) return null;
  switch (field.kind) {
    case "int":
      if (typeof value !== "number" || !Number.isInteger(value) || value < field.min || value > field.max) throw wrong();
      return value;
    case "float":
      if (
        typeof value !== "number" ||
        !Number.isFinite(value) ||
        value < field.min ||
        value > field.max ||
        (field.exclusiveMin === true && value === field.min) ||
        (field.exclusiveMax === true && value === field.max)
      )
        throw wrong();
      return value;
    case "bool":
      if (typeof value !== "boolean") throw wrong();
      return value;
    case "choice":
      if (typeof value !== "string" || !field.values.includes(value)) throw wrong();
      return value;
    case "shape": {
      if (!Array.isArray(value) || value.length === 0 || value.length > field.maxRank) throw wrong();
      let wildcards = 0;
      for (const size of value) {
        if (size === -1 && field.wildcard) wildcards += 1;
        else if (typeof size !== "number" || !Number.isInteger(size) || size < 1 || size > 2 ** 31) throw wrong();
      }
      if (wildcards > 1) throw wrong();
      return value;
    }
    case "text":
      if (typeof value !== "string" || value.length > field.maxLength) throw wrong();
      return value;
    case "names":
      if (!Array.isArray(value) || value.some((v) => typeof v !== "string")) throw wrong();
      return value;
    default:
      return field satisfies never;
  }
}

/** Says in words what may be typed: a notation of brackets, `null` and `-1` is for who writes the file, not for who fills in a form. */
function wrongValue(field: Field, value: unknown, where: string, name: string): AppError {
  const given = { where, field: name, received: show(value) };
  const mayBeEmpty = "nullable" in field && field.nullable;
  switch (field.kind) {
    case "shape": {
      const code = mayBeEmpty ? "config.wrong_shape_or_empty" : "config.wrong_shape";
      return new AppError(field.wildcard ? "config.wrong_shape_wildcard" : code, { ...given, most: field.maxRank });
    }
    case "text":
      return new AppError("config.wrong_text", { ...given, most: field.maxLength });
    case "names":
      return new AppError("config.wrong_names", given);
    default:
      return new AppError(mayBeEmpty ? "config.wrong_value_or_empty" : "config.wrong_value", { ...given, expected: acceptedBy(field) });
  }
}

/** What a field accepts, in notation that needs no translation: `1 … 65536`, `relu | tanh`. */
export function describeField(field: Field): string {
  return `${acceptedBy(field)}${"nullable" in field && field.nullable ? " | null" : ""}`;
}

function acceptedBy(field: Field): string {
  switch (field.kind) {
    case "int":
      return `${field.min} … ${field.max}`;
    case "float":
      return `${field.exclusiveMin === true ? "> " : ""}${field.min} … ${field.exclusiveMax === true ? "< " : ""}${field.max}`;
    case "bool":
      return "true | false";
    case "choice":
      return field.values.join(" | ");
    case "shape":
      return `[size, …]${field.wildcard ? " (-1)" : ""}`;
    case "text":
      return `text, ≤ ${field.maxLength}`;
    case "names":
      return "[name, …]";
    default:
      return field satisfies never;
  }
}

function show(value: unknown): string {
  const textual = JSON.stringify(value) ?? String(value);
  return textual.length > 80 ? `${textual.slice(0, 77)}…` : textual;
}
