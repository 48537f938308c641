/** Values of errors in the words that boxes have for them. */
import { expect, test } from "vitest";
import { paramsInWords } from "./problem-words.ts";

test("the figure that judges a search is called as tables and charts call it", () => {
  const said = (monitor: string) => [paramsInWords({ monitor }, "en")["monitor"], paramsInWords({ monitor }, "zh")["monitor"]];
  expect(said("val_loss")).toEqual(["Loss, validation", "损失（验证）"]);
  expect(said("loss")).toEqual(["Loss, training", "损失（训练）"]);
  expect(said("val_accuracy")[0]).toBe("Accuracy, validation");
  expect(said("val_price_rmse")[0]).toBe("price · Root mean squared error, validation");
});

test("a layer that a fix puts in is called as in the palette, and one that is not known by its type", () => {
  const said = (type: string, language: "en" | "zh") => paramsInWords({ layer_type: type }, language)["layer_type"];
  expect(said("batch_normalization", "en")).toBe("Batch normalization");
  expect(said("batch_normalization", "zh")).toBe("批归一化");
  expect(said("no_such_layer", "en")).toBe("no_such_layer");
});

test("what a filter puts together is said by the kind of value, and what was written as it was written", () => {
  const said = (value: string, language: "en" | "zh") => paramsInWords({ left_operand: value }, language)["left_operand"];
  expect([said("number", "en"), said("number", "zh"), said("text", "zh")]).toEqual(["a number", "数值", "文字"]);
  expect([said("'number'", "zh"), said("lower()", "zh")]).toEqual(["'number'", "lower()"]);
});
