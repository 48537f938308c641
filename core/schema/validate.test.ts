import { describe, expect, it } from "vitest";
import { configErrors } from "../../resources/translations/errors/config.ts";
import { type TextParams, translate } from "../../resources/translations/translate.ts";
import { AppError } from "../errors.ts";
import { bool, choice, type Field, float, int, names, optionalFloat, optionalInt, optionalShape, shape, text } from "./fields.ts";
import { defaultsOf, describeField, validateConfig } from "./validate.ts";

const schema = {
  units: int({ default: 3, min: 1, max: 10 }),
  limit: optionalInt({ min: 0, max: 5 }),
  rate: float({ default: 0.5, min: 0, max: 1, exclusiveMax: true }),
  clip: optionalFloat({ min: 0, max: 9, exclusiveMin: true }),
  on: bool({ default: true }),
  kind: choice({ default: "relu", values: ["relu", "tanh"] }),
  target: shape({ default: [-1], wildcard: true, maxRank: 3 }),
  sample: optionalShape(),
  note: text({ maxLength: 5 }),
  columns: names({ of: "any" }),
} as const;

const problemOf = (raw: unknown): { code: string; params: object } => {
  try {
    validateConfig(schema, raw, "Test 'one'");
  } catch (thrown) {
    if (thrown instanceof AppError) return { code: thrown.code, params: thrown.params };
    throw thrown;
  }
  throw new Error(`${JSON.stringify(raw)} was taken`);
};

describe("validateConfig", () => {
  it("fills in every default", () => {
    const expected = {
      units: 3,
      limit: null,
      rate: 0.5,
      clip: null,
      on: true,
      kind: "relu",
      target: [-1],
      sample: null,
      note: "",
      columns: [],
    };
    expect(validateConfig(schema, {}, "Test")).toEqual(expected);
    expect(defaultsOf(schema)).toEqual(expected);
  });

  it("keeps what is given, at both ends of its range", () => {
    const low = { units: 1, limit: 0, rate: 0, clip: 0.001, on: false, kind: "tanh", target: [1], sample: [2], note: "", columns: ["a"] };
    const high = {
      units: 10,
      limit: 5,
      rate: 0.999,
      clip: 9,
      on: true,
      kind: "relu",
      target: [2, -1, 3],
      sample: [1, 2, 3, 4, 5, 6],
      note: "12345",
      columns: ["a", "b"],
    };
    for (const config of [low, high]) expect(validateConfig(schema, config, "Test")).toEqual(config);
  });

  it("takes undefined for not given, and null for not set where that is allowed", () => {
    expect(validateConfig(schema, { units: undefined, limit: null, clip: null, sample: null }, "Test")).toEqual(defaultsOf(schema));
  });

  it("says which field of which owner is wrong, what was expected and what was received", () => {
    expect(problemOf({ units: 0 })).toEqual({
      code: "config.wrong_value",
      params: { where: "Test 'one'", field: "units", expected: "1 … 10", received: "0" },
    });
  });

  it("says in words what may be typed where a notation would need explaining", () => {
    const expected = { target: "wrong_shape_wildcard", sample: "wrong_shape_or_empty", limit: "wrong_value_or_empty" };
    const others = { note: "wrong_text", columns: "wrong_names" };
    for (const [field, code] of Object.entries({ ...expected, ...others })) {
      const { code: given, params } = problemOf({ [field]: {} });
      expect(given).toBe(`config.${code}`);
      for (const language of ["en", "zh"] as const) {
        const words = translate(configErrors, language, given, params as TextParams);
        expect(words).not.toMatch(/null|\[|\{\w/);
        expect(words).toContain(field);
      }
    }
  });

  it("names the fields that there are when one is not known", () => {
    expect(problemOf({ unit: 4 })).toEqual({
      code: "config.unknown_field",
      params: { where: "Test 'one'", field: "unit", known: Object.keys(schema).join(", ") },
    });
  });

  it("does not take names that every object has for fields", () => {
    for (const key of ["constructor", "toString", "__proto__"])
      expect(problemOf(JSON.parse(`{"${key}": 1}`)).code).toBe("config.unknown_field");
  });

  it.each<[keyof typeof schema, unknown[]]>([
    ["units", [0, 11, 1.5, "3", null, true, [3], Number.NaN, Number.POSITIVE_INFINITY]],
    ["limit", [-1, 6, "null"]],
    ["rate", [-0.001, 1, Number.NaN, "0.5", null]],
    ["clip", [0, 9.001, Number.POSITIVE_INFINITY]],
    ["on", ["true", 1, 0, null]],
    ["kind", ["", "Relu", null, 0]],
    ["target", [[], [0], [-2], [1.5], [-1, -1], [1, 2, 3, 4], "3", 3, [Number.NaN], [null], null]],
    ["sample", [[], [-1], [0], "[2]", [2 ** 32]]],
    ["note", ["123456", 1, null]],
    ["columns", ["a", [1], null, [["a"]]]],
  ])("refuses every wrong value of %s", (field, values) => {
    for (const value of values)
      expect(problemOf({ [field]: value }), JSON.stringify(value)).toMatchObject({
        code: expect.stringMatching(/^config\.wrong_/),
        params: { field },
      });
  });

  it("cuts what was received when it is long", () => {
    const { params } = problemOf({ note: "x".repeat(1000) });
    expect((params as { received: string }).received.length).toBeLessThanOrEqual(80);
  });

  it("describes every kind of field in a few characters", () => {
    const described = Object.fromEntries(
      Object.entries(schema as Record<string, Field>).map(([name, field]) => [name, describeField(field)]),
    );
    expect(described).toEqual({
      units: "1 … 10",
      limit: "0 … 5 | null",
      rate: "0 … < 1",
      clip: "> 0 … 9 | null",
      on: "true | false",
      kind: "relu | tanh",
      target: "[size, …] (-1)",
      sample: "[size, …] | null",
      note: "text, ≤ 5",
      columns: "[name, …]",
    });
  });
});
