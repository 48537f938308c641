/** Two classes that are taken for each other more than any others. */
import type { Judge } from "./verdict.ts";
import { percent } from "./verdict.ts";

/** Share of the class's own rows, and how many rows at least. */
const OFTEN = 0.1;
const FEWEST = 5;

export const confusedClasses: Judge = ({ outputs, diverged }) => {
  const found = outputs.flatMap(({ confusion, labels }) =>
    confusion === null || labels.length < 3
      ? []
      : confusion.flatMap((row, actual) => {
          const support = row.reduce((sum, count) => sum + count, 0);
          return row.flatMap((count, predicted) =>
            predicted === actual || count < FEWEST || count < OFTEN * support
              ? []
              : [{ count, share: count / support, actual: labels[actual] ?? "", predicted: labels[predicted] ?? "" }],
          );
        }),
  );
  const worst = found.sort((a, b) => b.count - a.count)[0];
  if (diverged || worst === undefined) return null;
  const { actual, predicted, count, share } = worst;
  return { code: "verdict.confused_classes", tone: "advice", params: { actual, predicted, count, share: percent(share) }, fixes: [] };
};
