import { describe, expect, it } from "vitest";
import { defaultsOf } from "../schema/validate.ts";
import { optimizerDefinition, optimizerNames } from "./definitions.ts";
import { optimizerImplementation } from "./implementations.ts";
import { HYPER_SIZE, integerPower } from "./optimizer.ts";

describe("optimizers", () => {
  it("are refused by a name that is not known, which is told the known ones", () => {
    for (const name of ["adamax", "__proto__", ""])
      expect(() => optimizerDefinition(name)).toThrowError(
        expect.objectContaining({ code: "spec.unknown_optimizer", params: { name, known: optimizerNames.join(", ") } }),
      );
  });

  it.each(optimizerNames)("%s has words in both languages for every option, and a learning rate", (name) => {
    const { schema, texts } = optimizerDefinition(name);
    expect(Object.keys(schema)).toContain("learning_rate");
    for (const language of ["en", "zh"] as const) {
      expect(Object.keys(texts[language].fields).sort()).toEqual(Object.keys(schema).sort());
      for (const { label, help } of Object.values(texts[language].fields)) expect([label.trim(), help.trim()]).not.toContain("");
    }
  });

  it("have Keras's names and defaults", () => {
    // keras.io/api/optimizers, Keras 3; epsilon is 1e-7 there for all.
    expect(Object.fromEntries(optimizerNames.map((name) => [name, defaultsOf(optimizerDefinition(name).schema)]))).toEqual({
      adagrad: { learning_rate: 0.001, initial_accumulator_value: 0.1, epsilon: 1e-7 },
      adam: { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false },
      adamw: { learning_rate: 0.001, weight_decay: 0.004, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false },
      adadelta: { learning_rate: 0.001, rho: 0.95, epsilon: 1e-7 },
      nadam: { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
      rmsprop: { learning_rate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7 },
      gradient_descent: { learning_rate: 0.01 },
      sgd: { learning_rate: 0.01, momentum: 0, nesterov: false },
    });
  });

  it.each(optimizerNames)("%s needs no more numbers a step than there is room for, all finite, after a million steps too", (name) => {
    const { hyper } = optimizerImplementation(name);
    const config = defaultsOf(optimizerDefinition(name).schema);
    for (const step of [0, 1, 999_999]) {
      // Writing behind the end of a typed array does nothing: a longer one shows it.
      const numbers = new Float64Array(2 * HYPER_SIZE).fill(Number.NaN);
      hyper(numbers, config, 0.01, step);
      const written = numbers.findLastIndex((value) => !Number.isNaN(value)) + 1;
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThanOrEqual(HYPER_SIZE);
      for (const value of numbers.subarray(0, written)) expect(Number.isFinite(value)).toBe(true);
    }
  });

  it("nadam's numbers are those of the whole product of momenta, from the first step to where it has vanished", () => {
    const config = defaultsOf(optimizerDefinition("nadam").schema);
    const momentum = (t: number): number => 0.9 * (1 - 0.5 * 0.96 ** (t * 0.004));
    let product = 1;
    for (let step = 0; step < 2000; step++) {
      product *= momentum(step + 1);
      const numbers = new Float64Array(HYPER_SIZE);
      optimizerImplementation("nadam").hyper(numbers, config, 0.01, step);
      expect(numbers[0]).toBeCloseTo((0.01 * (1 - momentum(step + 1))) / (1 - product), 14);
      expect(numbers[1]).toBeCloseTo((0.01 * momentum(step + 2)) / (1 - product * momentum(step + 2)), 14);
    }
  });

  it("keep the largest second moment only for amsgrad", () => {
    for (const name of ["adam", "adamw"])
      for (const amsgrad of [false, true])
        expect(optimizerImplementation(name).slots({ ...defaultsOf(optimizerDefinition(name).schema), amsgrad }).length).toBe(
          amsgrad ? 3 : 2,
        );
  });

  it("keep a velocity only where there is momentum", () => {
    const slots = (name: string, momentum: number): number =>
      optimizerImplementation(name).slots({ ...defaultsOf(optimizerDefinition(name).schema), momentum }).length;
    expect([slots("sgd", 0), slots("sgd", 0.9), slots("rmsprop", 0), slots("rmsprop", 0.9)]).toEqual([0, 1, 1, 2]);
  });
});

describe("integerPower", () => {
  it("is the power, to a rounding or two", () => {
    for (const base of [0.9, 0.999, 0.5, 1, 0])
      for (const exponent of [1, 2, 3, 10, 1000, 123_457]) expect(integerPower(base, exponent)).toBeCloseTo(base ** exponent, 12);
    expect(integerPower(0.3, 0)).toBe(1);
  });
});
