/** What a search over the structure goes over: hidden layers, rows of chosen layers and groups, never the layer that the targets fix. */
import { describe, expect, test } from "vitest";
import { type DesignDocument, designSchema } from "../../core/graph/document.ts";
import { isEmptyRange } from "../../core/sweeps/draw.ts";
import digits from "../../resources/templates/digits.json" with { type: "json" };
import convolution from "../../resources/templates/digits-convolution.json" with { type: "json" };
import { compareTexts } from "../../resources/translations/app/compare.ts";
import { groupTexts } from "../../resources/translations/app/groups.ts";
import { inspectorTexts } from "../../resources/translations/app/inspector.ts";
import { trainingScreenTexts } from "../../resources/translations/app/training.ts";
import { translate } from "../../resources/translations/translate.ts";
import type { Translate } from "../ui/texts.ts";
import {
  boundsOf,
  choicesOf,
  optionValueText,
  proposedDimension,
  readSizes,
  structureDimensions,
  sweepOptions,
  targetName,
} from "./sweep-options.ts";

const t: Translate = (key, params) =>
  translate({ ...compareTexts, ...groupTexts, ...inspectorTexts, ...trainingScreenTexts }, "en", key, params);
const plain: DesignDocument = designSchema.parse(digits);
const grouped: DesignDocument = {
  ...plain,
  graph: { ...plain.graph, groups: [{ id: "g", name: "hidden", node_ids: ["hidden_1", "dropout_1"], collapsed: false }] },
};
const repeats = (design: DesignDocument, chosen: readonly string[] = []): string[] =>
  sweepOptions(design, "en", t, new Set(chosen)).flatMap(({ target }) => (target.of === "repeat" ? [target.node_ids.join("+")] : []));

test("a size of batches is offered where there are batches, not where each step takes all rows", () => {
  const offers = (type: string): boolean =>
    sweepOptions({ ...plain, train: { ...plain.train, optimizer: { type, learning_rate: 0.1 } } }, "en", t).some(
      ({ target }) => target.of === "training" && target.option === "batch_size",
    );
  expect([offers("sgd"), offers("gradient_descent")]).toEqual([true, false]);
});

describe("the search over the structure", () => {
  test("goes over how often each hidden layer stands and how wide it is, in steps around what it is now", () => {
    const found = structureDimensions(plain, sweepOptions(plain, "en", t));
    expect(found.map(({ target }) => (target.of === "repeat" ? target.node_ids.join() : target.option))).toEqual([
      "hidden_1",
      "units",
      "hidden_2",
      "units",
    ]);
    expect(found[1]?.values).toEqual({ form: "range", low: 32, high: 128, scale: "linear", whole: true, points: 4, step: 32 });
    expect(found.map(({ target }) => targetName(target, plain, "en", t))[0]).toMatch(/^hidden_1: /);
  });

  test("offers layer groups and several chosen layers as one row, each once, and no row with an input or an output", () => {
    expect(repeats(plain)).not.toContain("hidden_1+dropout_1");
    expect(repeats(plain, ["dropout_1", "hidden_1"])).toContain("hidden_1+dropout_1");
    expect(repeats(grouped, ["dropout_1", "hidden_1"]).filter((one) => one === "hidden_1+dropout_1")).toHaveLength(1);
    expect(repeats(plain, ["pixels", "hidden_1"])).not.toContain("pixels+hidden_1");
    expect(targetName({ of: "repeat", node_ids: ["hidden_1", "dropout_1"] }, plain, "en", t)).toMatch(/^hidden_1, dropout_1: /);
  });
});

describe("sizes of a kernel, a stride or a pool", () => {
  const pictures: DesignDocument = designSchema.parse(convolution);
  const options = sweepOptions(pictures, "en", t);
  const sizes = options.filter(({ field }) => field?.kind === "shape");

  test("are options of a search, the shape of an input is none", () => {
    const named = sizes.map(({ target }) => (target.of === "layer" ? target.option : ""));
    expect(named).toEqual(expect.arrayContaining(["kernel_size", "strides", "pool_size"]));
    expect(named).not.toContain("shape");
  });

  test("begin with what is set now, and are written as people write them", () => {
    const kernel = sizes.find(({ target }) => target.of === "layer" && target.option === "kernel_size");
    if (kernel === undefined) throw new Error("the template has a convolution");
    expect(proposedDimension(kernel, pictures, null).values).toEqual({ form: "list", values: [kernel.value] });
    expect(optionValueText(kernel.target, [5, 5], "en", t)).toBe("5×5");
  });

  test("are listed with commas between; one that is no size is not taken", () => {
    const field = sizes.find(({ target }) => target.of === "layer" && target.option === "kernel_size")?.field;
    if (field?.kind !== "shape") throw new Error("the template has a convolution");
    expect(readSizes(field, "3×3, 5x5，7 × 7", t)).toEqual({
      values: [
        [3, 3],
        [5, 5],
        [7, 7],
      ],
    });
    expect(readSizes(field, "3×3, a", t)).toHaveProperty("wrong");
    expect(readSizes(field, "3×3×3", t)).toHaveProperty("wrong");
    expect(readSizes(field, " , ", t)).toHaveProperty("wrong");
  });
});

describe("choices of an option", () => {
  const found = (language: "en" | "zh", option: string): readonly string[] | undefined =>
    choicesOf(
      sweepOptions(plain, language, t).find(({ target }) => target.of !== "repeat" && target.option === option),
      plain,
      null,
      language,
      t,
    )?.map(({ text }) => text);

  test("are called as they are in the inspector, in the language of the window, and a switch is yes or no", () => {
    expect(found("en", "optimizer.type")).toContain("Gradient descent (all rows)");
    expect(found("zh", "loss")).toContain("均方误差");
    expect(found("en", "activation")).toContain("ReLU");
    expect(found("en", "shuffle")).toEqual(["yes", "no"]);
  });

  test("that do not fit the design say why, and are not proposed", () => {
    const loss = sweepOptions(plain, "en", t).find(({ target }) => target.of === "layer" && target.option === "loss");
    const unfit = choicesOf(loss, plain, null, "en", t)?.filter((one) => one.unfit !== null) ?? [];
    expect(unfit.map(({ value }) => value)).toContain("mae");
    const proposed = loss === undefined ? undefined : proposedDimension(loss, plain, null).values;
    expect(proposed).toMatchObject({ form: "list", values: expect.arrayContaining(["categorical_crossentropy", "mse"]) });
    for (const { value, unfit: reason } of unfit) {
      expect(proposed).not.toMatchObject({ values: expect.arrayContaining([value]) });
      expect(reason).toMatch(/\.$/);
    }
  });

  test("there are none of a number", () => {
    expect(found("en", "batch_size")).toBeUndefined();
  });
});

describe("the ends of a range", () => {
  test("lie within what the option allows, and a bound that is left out is none of them", () => {
    const options = sweepOptions(plain, "en", t);
    const bounds = (name: string) => boundsOf(options.find(({ target }) => target.of === "training" && target.option === name));
    expect(bounds("batch_size").least).toBe(1);
    expect(Number.isFinite(bounds("batch_size").most)).toBe(true);
    expect(bounds("optimizer.learning_rate").least).toBeGreaterThan(0);
    expect(bounds("optimizer.learning_rate").most).toBe(100);
  });

  test("have something between them, and a logarithm on a logarithmic scale", () => {
    const range = { form: "range", low: 1, high: 4, scale: "log", whole: false, points: 5 } as const;
    expect(isEmptyRange(range)).toBe(false);
    expect(isEmptyRange({ ...range, low: 4 })).toBe(false);
    expect(isEmptyRange({ ...range, low: 5 })).toBe(true);
    expect(isEmptyRange({ ...range, low: 0 })).toBe(true);
    expect(isEmptyRange({ ...range, low: 0, scale: "linear" })).toBe(false);
  });
});
