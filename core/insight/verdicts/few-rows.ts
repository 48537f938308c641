/** Far more weights than rows to learn them from, in a run that does worse on held-out rows. */
import { type Judge, lowest, watched } from "./verdict.ts";

const MANY = 10;

export const fewRows: Judge = (facts) => {
  const { parameters, trainingRows, epochs, lossesAlike } = facts;
  if (!lossesAlike || parameters === null || trainingRows === null || trainingRows === 0 || parameters < MANY * trainingRows) return null;
  const values = watched(facts);
  const best = epochs.find(({ epoch }) => epoch === values[lowest(values)]?.epoch);
  if (best === undefined || best.loss === null || best.valLoss === null || best.valLoss < 1.2 * best.loss) return null;
  const params = { parameters, rows: trainingRows, times: Math.round(parameters / trainingRows) };
  return { code: "verdict.few_rows", tone: "advice", params, fixes: [] };
};
