/** Two or three sensible networks for a data set, the first the one to begin with: by what its rows are and how many there are. */
import type { DataFacts, Proposal } from "./facts.ts";
import { besideProposals, pictureProposals, picturesBeside, picturesOf } from "./pictures.ts";
import { questionOf, questionProposal } from "./questions.ts";
import { seriesProposals, timeColumnOf } from "./series.ts";
import { tableProposals } from "./tables.ts";
import { textColumnOf, textProposals } from "./texts.ts";

/** Shown at a time. */
const MOST = 3;

/** Empty where there is nothing to learn from: no features, or no target. */
export function proposeNetworks(facts: DataFacts): Proposal[] {
  const hasTarget = facts.data.columns.some(({ role }) => role === "target");
  if (!hasTarget || facts.trainingRows === 0) return [];
  const time = timeColumnOf(facts);
  if (time !== null) return seriesProposals(facts, time);
  if (facts.features.length === 0) return [];
  const question = questionOf(facts);
  const asked = question === null ? [] : [questionProposal(facts, question)];
  const pictures = picturesOf(facts);
  if (pictures !== null) return [...asked, ...pictureProposals(facts, pictures)].slice(0, MOST);
  const beside = picturesBeside(facts);
  const plain = (): Proposal[] => tableProposals(facts).filter(({ key }) => key === "table_plain");
  if (beside !== null) return [...asked, ...besideProposals(facts, beside), ...plain()].slice(0, MOST);
  const text = textColumnOf(facts);
  return text !== null ? textProposals(facts, text) : tableProposals(facts);
}
