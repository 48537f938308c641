/** A mistake or a doubt about a design, as the canvas shows it: what is wrong, where, and how one click mends it. */
import type { ErrorData, ErrorParams } from "../errors.ts";
import type { Command } from "./command.ts";

export interface Fix {
  /** Text of the button: a key `fix.*` of the design catalogue. */
  readonly code: string;
  readonly params: ErrorParams;
  /** Applied as one act, one undo. */
  readonly commands: readonly Command[];
}

export interface Problem {
  readonly error: ErrorData;
  /** An `error` keeps a design from being trained; a `warning` does not. */
  readonly severity: "error" | "warning";
  readonly nodeId?: string;
  readonly edgeId?: string;
  readonly fix?: Fix;
}

export function nodeProblem(
  nodeId: string,
  code: string,
  params: ErrorParams,
  severity: Problem["severity"] = "error",
  fix?: Fix,
): Problem {
  return { error: { code, params, nodeId }, severity, nodeId, ...(fix === undefined ? {} : { fix }) };
}

export function designProblem(code: string, params: ErrorParams, severity: Problem["severity"] = "error", fix?: Fix): Problem {
  return { error: { code, params }, severity, ...(fix === undefined ? {} : { fix }) };
}
