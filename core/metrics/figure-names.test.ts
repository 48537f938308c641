import { expect, it } from "vitest";
import { metricDefinition } from "./definitions.ts";
import { figureNames, readFigureName } from "./figure-names.ts";

const topK = metricDefinition("top_k_accuracy");

it("a figure with a number is named after the number that is asked, five where none is", () => {
  expect(figureNames(topK, { topK: 3 })).toEqual(["top_3_accuracy"]);
  expect(figureNames(topK, {})).toEqual(["top_5_accuracy"]);
});

it("such a name is read with its number, in both languages, of one of several outputs too", () => {
  expect(readFigureName("top_3_accuracy")).toMatchObject({
    figure: "top_3_accuracy",
    output: null,
    known: { metric: topK, texts: { en: "Top-3 accuracy", zh: "前 3 准确率" } },
  });
  expect(readFigureName("kind_top_10_accuracy")).toMatchObject({ figure: "top_10_accuracy", output: "kind" });
  expect(readFigureName("top_0_accuracy")).toMatchObject({ figure: "accuracy", output: "top_0" });
});

it("the longest name wins, and what no metric gives is read as it stands and comes last", () => {
  expect(readFigureName("price_log_loss")).toMatchObject({ figure: "log_loss", output: "price" });
  expect(readFigureName("price_loss")).toMatchObject({ figure: "loss", output: "price", known: null, place: 0 });
  const unknown = readFigureName("elapsed");
  expect(unknown).toMatchObject({ figure: "elapsed", output: null, known: null });
  expect(unknown.place).toBeGreaterThan(readFigureName("rmsle").place);
});
