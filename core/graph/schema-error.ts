/** A document that does not fit its schema, as an AppError: which field, what was expected, what was received. */
import type { z } from "zod";
import { AppError } from "../errors.ts";

/** @param raw what was validated, to show the value received */
export function schemaError(error: z.ZodError, raw: unknown): AppError {
  const issue = deepest(error.issues);
  if (issue === undefined) return new AppError("design.bad_field", { path: "–", expected: "–", received: "–" });
  let value = raw;
  for (const key of issue.path)
    value = value !== null && typeof value === "object" ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  return new AppError("design.bad_field", { path: showPath(issue.path), expected: expected(issue), received: show(value) });
}

type Issue = z.core.$ZodIssue;

/** The first issue; of a union the one that got furthest into the value. */
function deepest(issues: readonly Issue[]): Issue | undefined {
  const [first] = issues;
  if (first?.code !== "invalid_union") return first;
  const inner = first.errors.map((list) => deepest(list)).filter((issue) => issue !== undefined);
  const best = inner.sort((a, b) => b.path.length - a.path.length)[0];
  return best === undefined ? first : { ...best, path: [...first.path, ...best.path] };
}

/** `graph.nodes[3].position.x` */
function showPath(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`)).join("") || "–";
}

function expected(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected;
    case "invalid_value":
      return issue.values.map((value) => JSON.stringify(value)).join(" | ");
    case "too_big":
      return `${issue.inclusive === false ? "<" : "≤"} ${String(issue.maximum)}`;
    case "too_small":
      return `${issue.inclusive === false ? ">" : "≥"} ${String(issue.minimum)}`;
    default:
      return issue.message;
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "–";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
