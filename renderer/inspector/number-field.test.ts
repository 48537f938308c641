import { describe, expect, test, vi } from "vitest";
import { float, int, optionalFloat } from "../../core/schema/fields.ts";
import { inspectorTexts } from "../../resources/translations/app/inspector.ts";
import { fill, type TextParams } from "../../resources/translations/translate.ts";
import type { Translate } from "../ui/texts.ts";

vi.mock("../ui/texts.ts", () => ({}));
const { checkNumber, nextStep, rangeText } = await import("./number-field.ts");

const t: Translate = (key, params?: TextParams) => fill(inspectorTexts[key as keyof typeof inspectorTexts][0], params);

describe("number fields", () => {
  test("show their range with the bound that is left out", () => {
    expect(rangeText(int({ default: 64, min: 1, max: 65_536 }), t)).toBe("1 – 65,536");
    expect(rangeText(float({ default: 0.5, min: 0, max: 1, exclusiveMax: true }), t)).toBe("0 – below 1");
    expect(rangeText(optionalFloat({ min: 0, max: 1e9, exclusiveMin: true }), t)).toBe("above 0");
  });

  test("say what was expected, what was received and what stays", () => {
    expect(checkNumber(int({ default: 64, min: 1, max: 65_536 }), 0, "64", t)).toBe(
      "Must be 1 – 65,536; received 0. The old value 64 stays.",
    );
    expect(checkNumber(int({ default: 64, min: 1, max: 65_536 }), 1.5, "64", t)).toBe(
      "Must be a whole number; received 1.5. The old value 64 stays.",
    );
    expect(checkNumber(float({ default: 0.5, min: 0, max: 1, exclusiveMax: true }), 1, "0.5", t)).toContain("received 1");
  });

  test("accept the bounds themselves, and nothing where a field may be empty", () => {
    expect(checkNumber(int({ default: 64, min: 1, max: 65_536 }), 65_536, "64", t)).toBeNull();
    expect(checkNumber(optionalFloat({ min: 0, max: 10 }), null, "", t)).toBeNull();
    expect(checkNumber(int({ default: 64, min: 1, max: 65_536 }), null, "64", t)).not.toBeNull();
  });

  test("step along the ladder of learning rates", () => {
    const rate = float({ default: 0.001, min: 0, max: 100, ladder: [0.0001, 0.001, 0.003, 0.01] });
    expect(0.001 + nextStep(rate, 0.001, true)).toBeCloseTo(0.003, 12);
    expect(0.001 - nextStep(rate, 0.001, false)).toBeCloseTo(0.0001, 12);
  });

  test("step down from a power of ten by a step of the decade below", () => {
    expect(nextStep(float({ default: 1, min: 0, max: 1000 }), 10, false)).toBe(1);
    expect(nextStep(float({ default: 1, min: 0, max: 1000 }), 10, true)).toBe(10);
  });
});
