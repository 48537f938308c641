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
  /** The likeliest way to mend it. */
  readonly fix?: Fix;
  /** Other ways, each of which mends it alone, where more than one is sensible. */
  readonly otherFixes?: readonly Fix[];
}

/** Ways to mend a problem, the likeliest first; those that cannot be offered are undefined. */
export type Fixes = Fix | undefined | readonly (Fix | undefined)[];

function withFixes(fixes: Fixes): Pick<Problem, "fix" | "otherFixes"> {
  const [fix, ...otherFixes] = [fixes].flat().filter((one) => one !== undefined);
  return { ...(fix === undefined ? {} : { fix }), ...(otherFixes.length === 0 ? {} : { otherFixes }) };
}

/** All ways to mend it, the likeliest first. */
export const fixesOf = ({ fix, otherFixes = [] }: Pick<Problem, "fix" | "otherFixes">): readonly Fix[] =>
  fix === undefined ? [] : [fix, ...otherFixes];

export function nodeProblem(
  nodeId: string,
  code: string,
  params: ErrorParams,
  severity: Problem["severity"] = "error",
  fixes?: Fixes,
): Problem {
  return { error: { code, params, nodeId }, severity, nodeId, ...withFixes(fixes) };
}

/** A mistake of a connection; without it the rest holds. */
export function edgeProblem(edgeId: string, code: string, params: ErrorParams): Problem {
  const fix: Fix = { code: "fix.disconnect", params: {}, commands: [{ type: "remove", node_ids: [], edge_ids: [edgeId] }] };
  return { error: { code, params }, severity: "error", edgeId, fix };
}

export function designProblem(code: string, params: ErrorParams, severity: Problem["severity"] = "error", fixes?: Fixes): Problem {
  return { error: { code, params }, severity, ...withFixes(fixes) };
}
