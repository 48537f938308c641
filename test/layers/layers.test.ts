import { describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import { Builder } from "../../core/ir/builder.ts";
import { at } from "../../core/ir/op.ts";
import { ops } from "../../core/ir/ops/registry.ts";
import { type Shape, showShape, sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import { LAYER_GROUPS, type LayerDefinition, type LayerTexts, NO_NOTES, type ParameterDefinition } from "../../core/layers/layer.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import type { ConfigOf, Field, Schema } from "../../core/schema/fields.ts";
import { defaultsOf, validateConfig, validateValue } from "../../core/schema/validate.ts";

const layers = layerTypes.map((type) => ({ type, definition: layerDefinition(type) as LayerDefinition }));

interface Example {
  readonly name: string;
  readonly config: ConfigOf<Schema>;
  readonly inputs: readonly Shape[];
  readonly portNames?: readonly string[];
}
const examplesOf = (definition: LayerDefinition): Example[] =>
  definition.examples.map(({ name, config, inputs, ports }) => ({
    name,
    inputs,
    ...(ports === undefined ? {} : { portNames: ports }),
    config: validateConfig(definition.schema, config, name),
  }));

/** What the definition is asked with. */
const contextOf = ({ config, inputs, portNames }: Example) => ({ config, inputs, ...(portNames === undefined ? {} : { portNames }) });

/** The layer alone, emitted into a builder of its own. */
function build(definition: LayerDefinition, { name: _, ...context }: Example, batch: number, training: boolean) {
  const builder = new Builder();
  const declared = (role: "parameter" | "state", list: readonly { name: string; shape: Shape }[] = []): Record<string, Tensor> =>
    Object.fromEntries(list.map(({ name, shape }) => [name, builder.tensor(shape, role, name)]));
  const parameters = declared("parameter", definition.parameters?.(context));
  const states = declared("state", definition.states?.(context));
  const tensors = context.inputs.map((shape, i) => builder.tensor([batch, ...shape], "input", `input_${i}`));
  const outputs = definition.build({ builder, ...context, ...NO_NOTES, inputs: tensors, parameters, states, training, stream: 1, seed: 2 });
  return { builder, outputs, parameters, states };
}

/** Runs something that may only fail with an AppError; gives its code, or null when it did not fail. */
function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
}

/** Values that a field must refuse. */
function outsideOf(field: Field): readonly unknown[] {
  switch (field.kind) {
    case "int":
      return [field.min - 1, field.max + 1, field.min + 0.5, "1", true, Number.NaN, ...(field.nullable ? [] : [null])];
    case "float":
      return [
        field.min - 1,
        field.max * 2 + 1,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        "1",
        ...(field.exclusiveMin === true ? [field.min] : []),
        ...(field.exclusiveMax === true ? [field.max] : []),
        ...(field.nullable ? [] : [null]),
      ];
    case "bool":
      return ["true", 1, null];
    case "choice":
      return ["none of these", 0, null, "", "__proto__"];
    case "shape":
      return [
        [0],
        [-2],
        [1.5],
        "3",
        ["3"],
        Array.from({ length: field.maxRank + 1 }, () => 1),
        field.wildcard ? [-1, -1] : [-1],
        ...(field.nullable ? [] : [null]),
      ];
    case "text":
      return [1, null, "x".repeat(field.maxLength + 1)];
    case "names":
      return ["a", [1], null];
    default:
      return field satisfies never;
  }
}

describe("the registry", () => {
  it("knows layers at all, an input and an output among them", () => {
    const roles = layers.map(({ definition }) => definition.traits.role);
    expect(layers.length).toBeGreaterThan(8);
    expect(roles).toContain("input");
    expect(roles).toContain("output");
  });

  it("gives nothing for a type that it does not know", () => {
    for (const type of ["", "no_such_layer", "__proto__", "constructor", "toString"]) expect(layerDefinition(type)).toBeUndefined();
  });

  it("shows no two layers by the same words", () => {
    for (const language of ["en", "zh"] as const)
      expect(new Set(layers.map(({ definition }) => definition.texts[language].label)).size).toBe(layers.length);
  });
});

describe.each(layers)("$type", ({ type, definition }) => {
  const examples = examplesOf(definition);
  const defaults = defaultsOf(definition.schema);

  describe("as it is shown", () => {
    it("is registered under its own type, in a known group, with a short icon", () => {
      expect(definition.type).toBe(type);
      expect(LAYER_GROUPS).toContain(definition.group);
      expect([...definition.icon].length).toBeGreaterThanOrEqual(1);
      expect([...definition.icon].length).toBeLessThanOrEqual(3);
    });

    it("has words in both languages for itself and every field, and for no other", () => {
      for (const language of ["en", "zh"] as const) {
        const texts: LayerTexts = definition.texts[language];
        expect(texts.label.trim()).not.toBe("");
        expect(texts.summary.trim()).not.toBe("");
        expect(Object.keys(texts.fields).sort()).toEqual(Object.keys(definition.schema).sort());
        for (const [name, { label, help }] of Object.entries(texts.fields)) expect([label.trim(), help.trim()], name).not.toContain("");
      }
      expect(definition.texts.zh.summary).not.toBe(definition.texts.en.summary);
      expect(definition.texts.zh.summary).toMatch(/\p{Script=Han}/u);
    });

    it("has a headline for its defaults and for every example that is one short line", () => {
      for (const config of [defaults, ...examples.map((example) => example.config)]) {
        const headline = definition.headline?.(config) ?? "";
        expect(headline).not.toMatch(/undefined|null|NaN|\n|\[object/);
        expect(headline.length).toBeLessThanOrEqual(40);
      }
    });

    it("names ports once each", () => {
      for (const ports of [definition.ports.inputs, definition.ports.outputs])
        expect(new Set(ports.map(({ name }) => name)).size).toBe(ports.length);
    });

    it("names fields of its schema in its traits", () => {
      const { activationField, unitsField } = definition.traits;
      for (const field of [activationField, unitsField]) if (field !== undefined) expect(Object.keys(definition.schema)).toContain(field);
    });
  });

  describe("its configuration", () => {
    it("takes its own defaults, and fills them in", () => {
      expect(validateConfig(definition.schema, defaults, type)).toEqual(defaults);
      expect(validateConfig(definition.schema, {}, type)).toEqual(defaults);
    });

    it("refuses an option that it does not have", () => {
      expect(codeOf(() => validateConfig(definition.schema, { no_such_option: 1 }, type))).toBe("config.unknown_field");
      expect(codeOf(() => validateConfig(definition.schema, JSON.parse('{"__proto__": 1}'), type))).toBe("config.unknown_field");
    });

    it("refuses what is no configuration", () => {
      for (const raw of [null, [], "units", 3])
        expect(codeOf(() => validateConfig(definition.schema, raw, type))).toBe("config.not_an_object");
    });

    it.each(Object.entries(definition.schema))("refuses values outside the range of %s", (name, field) => {
      for (const value of outsideOf(field))
        expect(
          codeOf(() => validateConfig(definition.schema, { [name]: value }, type)),
          JSON.stringify(value),
        ).toMatch(/^config\.wrong_/);
      expect(validateValue(field, field.default, type, name)).toEqual(field.default);
    });
  });

  describe("its inputs", () => {
    const SHAPES: readonly Shape[] = [[], [1], [3], [2, 3], [5, 1, 4], [2, 2, 2, 2]];

    it("answers any number of inputs of any rank with shapes or with words, and never with a crash", () => {
      const combinations = [[], ...SHAPES.map((shape) => [shape]), ...SHAPES.flatMap((a) => SHAPES.map((b) => [a, b])), [[2], [2], [3]]];
      for (const config of [defaults, ...examples.map((example) => example.config)])
        for (const inputs of combinations) {
          if (definition.ports.inputs.length > 0 && inputs.length === 0) continue;
          const code = codeOf(() => {
            const context = { config, inputs };
            const shapes = definition.outputShapes(context);
            for (const shape of shapes)
              expect(
                shape.every((axis) => Number.isInteger(axis) && axis >= 1),
                `${showShape(shape)} from ${inputs.map(showShape).join(" ")}`,
              ).toBe(true);
            for (const parameter of definition.parameters?.(context) ?? [])
              expect(sizeOf(parameter.shape), parameter.name).toBeGreaterThan(0);
            // What the shape rule lets pass must build, with the shapes it promised.
            if (definition.traits.role === undefined)
              expect(build(definition, { name: "", config, inputs }, 2, true).outputs.map(({ shape }) => shape.slice(1))).toEqual(shapes);
          });
          if (code !== null) expect(code).toMatch(/^design\./);
        }
    });

    if (definition.traits.merges === true) {
      it("asks for two inputs at least where it merges them", () => {
        for (const inputs of [[], [[3]]])
          expect(codeOf(() => definition.outputShapes({ config: defaults, inputs }))).toBe("design.too_few_inputs");
      });
    }
  });

  describe("what it computes", () => {
    it("has examples and a mapping to PyTorch and to Keras, unless it only carries data in or out", () => {
      if (definition.traits.role !== undefined) return expect(examples).toEqual([]);
      expect(examples.length).toBeGreaterThan(0);
      for (const context of examples.map(contextOf)) {
        expect(definition.pytorch?.(context)).toBeDefined();
        // Keras has no layers for graphs.
        // Sums of pieces are of the notes, not of Keras.
        const keras = () => definition.keras?.(context);
        if (/_not_in_keras$|\.not_in_keras$/.test(codeOf(keras) ?? "")) continue;
        if (definition.group === "graph") continue;
        const { className, call } = keras() ?? { className: "" };
        // What is no layer there is an expression.
        if (className === null) expect(call?.("", ["x"])).toMatch(/^x\W/);
        else expect(className).toMatch(/^[A-Z]\w+$/);
      }
    });

    it("has parameters and states of distinct names, and finite sizes", () => {
      for (const context of examples.map(contextOf)) {
        const all = [...(definition.parameters?.(context) ?? []), ...(definition.states?.(context) ?? [])];
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
        for (const { shape } of all) expect(sizeOf(shape)).toBeGreaterThan(0);
      }
    });

    const named = (pattern: RegExp): string[] => Object.keys(definition.schema).filter((name) => pattern.test(name));
    /** The parameters of every example with some options changed. */
    const weightsWith = (changed: Readonly<Record<string, unknown>>): readonly ParameterDefinition[] =>
      definition.examples.flatMap(({ name, config, inputs, ports }) => {
        const all = validateConfig(definition.schema, { ...config, ...changed }, name);
        return definition.parameters?.({ config: all, inputs, ...(ports === undefined ? {} : { portNames: ports }) }) ?? [];
      });
    const changedBy = (changed: Readonly<Record<string, unknown>>): readonly ParameterDefinition[] => {
      const before = weightsWith(Object.fromEntries(Object.keys(changed).map((name) => [name, defaults[name]])));
      return weightsWith(changed).filter((weight, i) => JSON.stringify(weight) !== JSON.stringify(before[i]));
    };

    it.each(named(/_constraint$/))("keeps weights to %s", (name) => {
      const changed = changedBy({ [name]: "max_norm", [name.replace(/constraint$/, "max_norm")]: 0.5 });
      expect(changed.length).toBeGreaterThan(0);
      for (const { constraint } of changed) expect(constraint).toMatchObject({ function: "max_norm", limit: 0.5 });
    });

    it.each(named(/_initializer_value$/))("starts weights from the number of %s", (name) => {
      const initializer = name.replace(/_value$/, "");
      const changed = changedBy({ [initializer]: "constant", [name]: 0.3 });
      expect(changed.length).toBeGreaterThan(0);
      for (const weight of changed) expect(weight).toMatchObject({ initializer: "constant", initializerValue: 0.3 });
    });

    it.each(named(/_initializer$/))("has a number beside %s", (name) => {
      expect(Object.keys(definition.schema)).toContain(`${name}_value`);
    });

    const penalties = definition.parameters === undefined ? [] : named(/^(?!activity_).*l[12]$/);
    it.each(penalties)("penalises weights by %s", (name) => {
      const changed = changedBy({ [name]: 0.25 });
      expect(changed.length).toBeGreaterThan(0);
      for (const weight of changed) expect(weight).toMatchObject({ [name.slice(-2)]: 0.25 });
    });

    const given = examples.map((example) => definition.outputShapes(contextOf(example)).length);
    it.each(given.slice(0, 1))("gives every output port in some example", () => {
      expect(Math.max(...given)).toBe(definition.ports.outputs.length);
    });

    describe.each(examples)("$name", (example) => {
      const shapes = definition.outputShapes(contextOf(example));

      it("has one shape for every output port, in their order; the last ones may be there with some options only", () => {
        expect(shapes.length).toBeGreaterThan(0);
        expect(shapes.length).toBeLessThanOrEqual(definition.ports.outputs.length);
      });

      it.each([
        { batch: 1, training: true },
        { batch: 3, training: true },
        { batch: 1, training: false },
        { batch: 3, training: false },
      ])("builds the shapes that it promises: batch $batch, training $training", ({ batch, training }) => {
        const { outputs } = build(definition, example, batch, training);
        expect(outputs.map(({ shape }) => shape)).toEqual(shapes.map((shape) => [batch, ...shape]));
      });

      it("uses every parameter it asks for, and no other", () => {
        const { builder, parameters, states } = build(definition, example, 2, true);
        const used = new Set(builder.instructions.flatMap(({ inputs: tensors }) => tensors));
        for (const tensor of [...Object.values(parameters), ...Object.values(states)]) expect(used.has(tensor), tensor.name).toBe(true);
      });

      it("costs a finite number of multiply-adds, in proportion to the batch", () => {
        const cost = (batch: number): number =>
          build(definition, example, batch, false).builder.instructions.reduce(
            (sum, { op, inputs: tensors, outputs, attributes }) =>
              sum +
              (ops[op].multiplyAdds?.(
                tensors.map((t) => t.shape),
                outputs.map((t) => t.shape),
                attributes,
              ) ?? 0),
            0,
          );
        expect(Number.isFinite(cost(1))).toBe(true);
        expect(cost(1)).toBeGreaterThanOrEqual(0);
        expect(cost(4)).toBe(4 * cost(1));
      });

      it("asks for initializers that exist and suit the fans that it gives", () => {
        for (const { fanIn = 1, fanOut = 1, l1 = 0, l2 = 0 } of definition.parameters?.(contextOf(example)) ?? []) {
          expect(fanIn).toBeGreaterThan(0);
          expect(fanOut).toBeGreaterThan(0);
          expect(l1).toBeGreaterThanOrEqual(0);
          expect(l2).toBeGreaterThanOrEqual(0);
        }
      });

      it("passes values through unchanged when predicting, if it says that it works in training only", () => {
        if (definition.traits.trainingOnly !== true) return;
        const { builder, outputs } = build(definition, example, 2, false);
        expect(builder.instructions).toEqual([]);
        expect(at(outputs, 0).role).toBe("input");
      });
    });
  });
});
