/** Two or three sensible networks for a data set, the first the one to begin with: by what its rows are and how many there are. */
import type { DataFacts, Proposal } from "./facts.ts";
import { besideProposals, pictureProposals, picturesBeside, picturesOf } from "./pictures.ts";
import { seriesProposals, timeColumnOf } from "./series.ts";
import { tableProposals } from "./tables.ts";
import { textColumnOf, textProposals } from "./texts.ts";

/** Empty where there is nothing to learn from: no features, or no target. */
export function proposeNetworks(facts: DataFacts): Proposal[] {
  const hasTarget = facts.data.columns.some(({ role }) => role === "target");
  if (!hasTarget || facts.trainingRows === 0) return [];
  const time = timeColumnOf(facts);
  if (time !== null) return seriesProposals(facts, time);
  if (facts.features.length === 0) return [];
  const pictures = picturesOf(facts);
  if (pictures !== null) return pictureProposals(facts, pictures);
  const beside = picturesBeside(facts);
  if (beside !== null) return [...besideProposals(facts, beside), ...tableProposals(facts).filter(({ key }) => key === "table_plain")];
  const text = textColumnOf(facts);
  return text !== null ? textProposals(facts, text) : tableProposals(facts);
}
