/** What stands beside the result of a time series on a terminal: seasonal naive and linear, on the same rows. */
import { baselineDefinition } from "../../core/baselines/definitions.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import { AppError } from "../../core/errors.ts";
import { judgedPart } from "../../core/insight/verdicts/facts.ts";
import type { Evaluation, Run } from "../../core/protocol/methods.ts";
import { readTraining } from "../../core/spec/training.ts";
import type { BesideBaseline, EvaluatedOutput } from "../../core/train/evaluation.ts";
import type { Predictor } from "../../core/train/model.ts";
import { baselinesOfRows, finished } from "../../core/train/series-baselines.ts";
import type { OpenedHost } from "../host/host.ts";
import { errorWords, type Output } from "./output.ts";

export interface ToldBaseline extends BesideBaseline {
  /** Name of the output that it is beside. */
  readonly output: string;
}

const PRINTED = ["mae", "rmse", "r2", "accuracy"];

/** On the rows that were held out, else on those of training. Null: the run is of no series, or it could not be made, which is noted. */
export async function besideRun({ handlers }: OpenedHost, run: Run, output: Output): Promise<ToldBaseline[] | null> {
  const { design } = await handlers["runs.get"]({ id: run.id });
  if (!run.has_model || design.data?.window === undefined) return null;
  const part = judgedPart(run);
  return noted(output, async () => {
    const { outputs } = await handlers["baselines.beside"]({ id: run.id, part });
    const { evaluation } = await handlers["runs.evaluation"]({ id: run.id, part });
    return told(Object.fromEntries(outputs.map(({ node_id, baselines }) => [node_id, baselines])), evaluation);
  });
}

/** Of rows that a model is evaluated on: it has no others to learn from. */
export function besideRows(
  predictor: Predictor,
  part: PreparedPart,
  evaluation: Evaluation,
  output: Output,
): Promise<ToldBaseline[] | null> {
  const { pipeline, outputs, model } = predictor;
  if (pipeline.window === undefined) return Promise.resolve(null);
  const { seed } = readTraining(model.training);
  return noted(output, async () => told(finished(baselinesOfRows(pipeline, outputs, part, seed)), evaluation));
}

/** A result is told without them where they fail: in words why. */
async function noted(output: Output, make: () => Promise<ToldBaseline[]>): Promise<ToldBaseline[] | null> {
  try {
    return await make();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const { message, hint } = errorWords({ code: thrown.code, params: thrown.params });
    output.note(`no baselines beside it: ${[message, hint].filter(Boolean).join(" ")}`);
    return null;
  }
}

const told = (found: Readonly<Record<string, readonly BesideBaseline[]>>, { outputs }: Evaluation): ToldBaseline[] =>
  outputs.flatMap(({ node_id, name }) => (found[node_id] ?? []).map((one) => ({ output: name, ...one })));

/** Each output with those that stand beside it. */
export const withBeside = (outputs: readonly EvaluatedOutput[], baselines: readonly ToldBaseline[] | null): EvaluatedOutput[] =>
  outputs.map((output) => ({ ...output, baselines: (baselines ?? []).filter((one) => one.output === output.name) }));

/** A line each, after the network's own figures. */
export function besideText(baselines: readonly ToldBaseline[] | null): string {
  const several = new Set(baselines?.map(({ output }) => output)).size > 1;
  return (baselines ?? [])
    .map(({ output, name, said, figures }) => {
      const back = said?.params["back"];
      const label = `${baselineDefinition(name).texts.en.label}${back === undefined ? "" : ` (${back} back)`}${several ? `, ${output}` : ""}`;
      const own = PRINTED.flatMap((figure) => (figures[figure] == null ? [] : `${figure} ${(figures[figure] as number).toFixed(4)}`));
      return `\nbeside it ${label}: ${own.join(", ")}`;
    })
    .join("");
}
