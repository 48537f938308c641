/** The words for what a template takes and reaches, in both languages. */
import { expect, test, vi } from "vitest";
import { startTexts } from "../../resources/translations/app/start.ts";
import { trainingScreenTexts } from "../../resources/translations/app/training.ts";
import { type Language, translate } from "../../resources/translations/translate.ts";
import type { Translate } from "../ui/texts.ts";
import { type Expected, expectedText } from "./expected.ts";

// The names of metrics come from a module that also looks at runs, and through them at the window.
vi.mock("../state/runs.ts", () => ({ isGoing: () => false }));

const catalogue = { ...startTexts, ...trainingScreenTexts };
const said = (language: Language, seconds: number, metric = "val_accuracy"): string => {
  const expected: Expected = { seconds, metric, value: 0.9688, measured: "" };
  const t: Translate = (key, params) => translate(catalogue, language, key as keyof typeof catalogue, params);
  return expectedText(expected, t);
};

test("about whole seconds, and minutes where it takes long", () => {
  expect([0.4, 7.6, 89, 132].map((seconds) => said("en", seconds))).toEqual([
    "under 1 s · Accuracy 0.97",
    "about 8 s · Accuracy 0.97",
    "about 89 s · Accuracy 0.97",
    "about 2 min · Accuracy 0.97",
  ]);
});

test("the figure is called as in the charts, in Chinese too", () => {
  expect(said("zh", 8, "val_r2")).toBe("约 8 秒 · R² 0.97");
});
