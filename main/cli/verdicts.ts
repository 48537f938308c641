/** What the figures of a run say, for those who read them on a terminal: the verdicts of the window, in its words. */
import { randomUUID } from "node:crypto";
import type { DesignDocument } from "../../core/graph/document.ts";
import { factsOf, judgedPart } from "../../core/insight/verdicts/facts.ts";
import { judgeOutputs, judgeRun } from "../../core/insight/verdicts/judge-run.ts";
import type { Verdict } from "../../core/insight/verdicts/verdict.ts";
import type { Run } from "../../core/protocol/methods.ts";
import type { EvaluatedOutput } from "../../core/train/evaluation.ts";
import type { OpenedHost } from "../host/host.ts";
import { errorWords, type Output } from "./output.ts";

export interface ToldVerdict {
  readonly code: string;
  readonly tone: Verdict["tone"];
  readonly text: string;
  readonly params: Verdict["params"];
}

/** The verdicts on a run that has ended, the gravest first; none of a run without an epoch. */
export async function verdictsOf({ handlers }: OpenedHost, run: Run): Promise<readonly ToldVerdict[]> {
  const { design } = await handlers["runs.get"]({ id: run.id });
  const { epochs } = await handlers["runs.losses"]({ id: run.id });
  const outputs = run.has_model ? (await handlers["runs.evaluation"]({ id: run.id, part: judgedPart(run) })).evaluation.outputs : [];
  return judgeRun(factsOf(run, { design, open: design }, epochs, outputs), randomUUID).map(told);
}

/** What figures on other rows say: there are no curves to judge. */
export function verdictsOnOutputs(design: DesignDocument, outputs: readonly EvaluatedOutput[]): readonly ToldVerdict[] {
  const ended = { status: "done", error: null, epochs: 0, steps_per_epoch: 0, parameters: null };
  return judgeOutputs(factsOf(ended, { design, open: design }, [], outputs)).map(told);
}

function told({ code, tone, params }: Verdict): ToldVerdict {
  const { message, hint } = errorWords({ code, params });
  return { code, tone, params, text: [message, hint].filter(Boolean).join(" ") };
}

/** On stderr: the results on stdout stay what they were. */
export function noteVerdicts(verdicts: readonly ToldVerdict[], output: Output): void {
  for (const { tone, text } of verdicts) output.note(`${tone === "good" ? "verdict" : tone}: ${text}`);
}

export interface GroupVerdict extends Omit<ToldVerdict, "params"> {
  /** Of how many runs it is said, and of which; the text has the numbers of the first. */
  readonly runs: number;
  readonly members: readonly string[];
}

/** What is said of the members of a group, each thing once: first what is said of most. */
export async function verdictsOfMembers(
  { handlers }: OpenedHost,
  groupId: string,
  runs: readonly Run[],
  nameOf: (run: Run) => string,
): Promise<GroupVerdict[]> {
  const { verdicts } = await handlers["groups.verdicts"]({ id: groupId });
  const names = new Map(runs.map((run) => [run.id, nameOf(run)]));
  return verdicts.map(({ code, tone, params, runs: of }) => ({
    code,
    tone,
    text: told({ code, tone, params, fixes: [] }).text,
    runs: of.length,
    members: of.map((id) => names.get(id) ?? id),
  }));
}

export function noteGroupVerdicts(verdicts: readonly GroupVerdict[], all: number, output: Output): void {
  for (const { tone, text, runs, members } of verdicts) {
    const whose = runs === 1 ? "" : `; the numbers are those of ${members[0]}`;
    output.note(`${tone === "good" ? "verdict" : tone}, ${runs} of ${all} runs (${members.join(", ")}${whose}): ${text}`);
  }
}
