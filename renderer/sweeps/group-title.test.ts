import { describe, expect, test } from "vitest";
import { automaticName } from "../../core/sweeps/automatic-name.ts";
import { groupTexts } from "../../resources/translations/app/groups.ts";
import { translate } from "../../resources/translations/translate.ts";
import type { Translate } from "../ui/texts.ts";
import { groupTitle } from "./group-title.ts";

const chinese: Translate = (key, params) => translate(groupTexts, "zh", key, params);

describe("the name of a group", () => {
  test("that nobody gave is in the language of the window", () => {
    const plan = { kind: "folds", folds: 5 } as const;
    expect(groupTitle({ name: automaticName(plan), plan }, chinese)).toBe("5 折");
    const seeds = { kind: "seeds" as const, seeds: [1, 2, 3] };
    expect(groupTitle({ name: automaticName(seeds), plan: seeds }, chinese)).toBe("3 个种子");
  });
  test("that somebody gave stays", () => {
    expect(groupTitle({ name: "mine", plan: { kind: "folds", folds: 5 } }, chinese)).toBe("mine");
  });
});
