/** What acts are called in the list of acts, in either language. */
import { describe, expect, test, vi } from "vitest";
import {
  actText,
  actWords,
  blockWords,
  fixWords,
  layerWords,
  optionWords,
  stepWords,
  timeOfAct,
  trainingWords,
} from "../../renderer/ui/act-words.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

describe("the name of an act", () => {
  test("is read in the language chosen, the words within it too", () => {
    const added = actWords("act.add", { name: layerWords("dense") });
    expect([actText(added, "en"), actText(added, "zh")]).toEqual(["Add Dense", "添加 全连接"]);
    const option = actWords("act.config", { name: "fc_1", field: optionWords("layer", "dense", "units") });
    expect(actText(option, "en")).toBe("fc_1: Units");
    expect(actText(option, "zh")).toMatch(/^fc_1：\p{Script=Han}+/u);
  });

  test.each([
    ["an option of the optimizer", optionWords("optimizer", "adam", "learning_rate")],
    ["an option of the schedule", optionWords("schedule", "cosine_restarts", "t_mul")],
    ["an option of the training", trainingWords("train", "epochs")],
    ["an option of early stopping", trainingWords("early_stopping", "patience")],
    ["a step of preparation", stepWords("standardise")],
    ["a block", blockWords("encoder")],
    ["a fix", fixWords({ code: "fix.softmax_and_categorical", params: { name: "out" } })],
    ["a time", timeOfAct(Date.UTC(2026, 10, 21))],
  ])("says what %s is in either language", (_what, words) => {
    expect(actText(words, "en")).not.toBe(actText(words, "zh"));
    expect(actText(words, "zh")).toMatch(/\p{Script=Han}/u);
  });

  test("is the text that was written before acts had keys, and an edit where a later version's key is not known", () => {
    expect(actText("Move fc_1", "zh")).toBe("Move fc_1");
    expect(actText({ key: "act.of_tomorrow" }, "en")).toBe("Edit");
    expect(actText({ key: "planet:mars" }, "zh")).toBe("编辑");
    expect(actText(layerWords("of_tomorrow"), "en")).toBe("of_tomorrow");
  });
});
