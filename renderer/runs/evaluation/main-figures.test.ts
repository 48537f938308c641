import { expect, test } from "vitest";
import { sortedFigures } from "../../training/metrics.ts";
import { mainFigures } from "./main-figures.ts";

test("of a classifier's twenty figures five are at once in sight, one of each kind, and none is lost", () => {
  const names = sortedFigures([
    ...["precision", "recall", "f1"].flatMap((name) => [`${name}_weighted`, `${name}_macro`, `${name}_micro`]),
    ...["accuracy", "auc_macro", "auc_weighted", "average_precision_macro", "brier", "ece", "log_loss", "perplexity"],
  ]);
  const { main, others } = mainFigures(names);
  expect(main).toEqual(["accuracy", "precision_macro", "recall_macro", "f1_macro", "auc_macro"]);
  expect([...main, ...others].sort()).toEqual([...names].sort());
});

test("the few figures of a regression all stand in sight", () => {
  const names = sortedFigures(["mae", "rmse", "r2", "rmsle", "mape"]);
  expect(mainFigures(names)).toEqual({ main: names, others: [] });
});
