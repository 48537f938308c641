/** JSON in columns: written as it is, checked against the contract when it is read back. */
import type { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import type { Connection } from "./connection.ts";

/**
 * @param where table and row, for the error
 * @throws AppError store.bad_row when it is no JSON or not what the schema wants
 */
export function readJson<T>(connection: Connection, schema: z.ZodType<T>, text: string, where: { table: string; row: string }): T {
  const bad = (detail: string, cause?: unknown): AppError =>
    new AppError("store.bad_row", { path: connection.place.path, ...where, detail }, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad("not JSON", error);
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw bad(issue === undefined ? "unknown" : `${issue.path.join(".")}: ${issue.message}`, checked.error);
}
