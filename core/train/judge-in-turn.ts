/**
 * Figures of an autoencoder whose rows lie on the disk. Its predictions, like its targets, are as large as the data, so that neither is
 * kept: each batch is added to sums. They grow in the order of the rows, as over all rows at once: the figures are the same to the bit.
 */
import type { FittedPipeline, PreparedPart } from "../data/prepared.ts";
import { addRows, emptyTally } from "../metrics/tally.ts";
import { askedOf, type OutputInfo, rowsOfOutput } from "./evaluate.ts";
import type { BatchJudge, CountedTally } from "./row-evaluation.ts";

/** Undefined where the part has no such output. */
export function judgeInTurn(outputs: readonly OutputInfo[], pipeline: FittedPipeline, part: PreparedPart): BatchJudge | undefined {
  const { targetInputs = {}, weights } = part;
  const own = new Map(outputs.filter(({ layer }) => targetInputs[layer.id] !== undefined).map((output) => [output.layer.id, output]));
  if (own.size === 0) return undefined;
  const tallies: Record<string, CountedTally> = {};
  return {
    judged: new Set(own.keys()),
    tallies,
    add({ id, predicted, targets, mask, from, count }) {
      const given = own.get(id);
      if (given === undefined) throw new Error(`no output ${id} is judged in turn`);
      const output = askedOf(given, mask !== undefined);
      const rows = rowsOfOutput(output, pipeline, predicted, targets, count, weights?.subarray(from, from + count) ?? null, mask);
      tallies[id] ??= { ...emptyTally(output.task), rows: 0 };
      tallies[id].rows += rows.rows;
      addRows(tallies[id], rows);
    },
  };
}
