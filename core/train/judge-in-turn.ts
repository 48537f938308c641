/**
 * Figures of an autoencoder whose rows lie on the disk. Its predictions, like its targets, are as large as the data, so that neither is
 * kept: each batch is added to sums. They grow in the order of the rows, as over all rows at once: the figures are the same to the bit.
 */
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { addRows, emptyTally } from "../metrics/tally.ts";
import { type OutputInfo, rowsOfOutput } from "./evaluate.ts";
import type { BatchJudge } from "./row-evaluation.ts";

/** Undefined where the part has no such output. */
export function judgeInTurn(outputs: readonly OutputInfo[], pipeline: FittedPipeline, part: PreparedPart): BatchJudge | undefined {
  const { targetInputs = {}, weights } = part;
  const own = new Map(outputs.filter(({ layer }) => targetInputs[layer.id] !== undefined).map((output) => [output.layer.id, output]));
  if (own.size === 0) return undefined;
  const tallies = Object.fromEntries([...own].map(([id, { task }]) => [id, emptyTally(task)]));
  return {
    tallies,
    add(id, predicted, targets, from, count) {
      const [output, tally] = [own.get(id), tallies[id]];
      if (output === undefined || tally === undefined) throw new Error(`no output ${id} is judged in turn`);
      addRows(tally, rowsOfOutput(output, pipeline, predicted, targets, count, weights?.subarray(from, from + count) ?? null));
    },
  };
}
