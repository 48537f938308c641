import { describe, expect, test } from "vitest";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { validateConfig } from "../schema/validate.ts";
import { costOf } from "./layer-cost.ts";

describe("what a layer costs", () => {
  test.each(layerTypes)("%s is counted in every case of what learns, and more learning costs no less", (type) => {
    const definition = layerDefinition(type);
    if (definition === undefined || definition.traits.role !== undefined) return;
    for (const { name, config, inputs, ports } of definition.examples) {
      const arrivals = { inputs, ...(ports === undefined ? {} : { portNames: ports }) };
      const { multiplyAdds, step } = costOf(definition, validateConfig(definition.schema, config, name), arrivals);
      const cost = (own: boolean, ...learns: boolean[]): number => step?.multiplyAdds(own, learns) ?? Number.NaN;
      const all = inputs.map(() => true);
      expect(cost(false), name).toBeGreaterThanOrEqual(multiplyAdds);
      for (const own of [false, true]) {
        expect(cost(own, ...all), name).toBeGreaterThanOrEqual(cost(own));
        for (const one of inputs.keys())
          expect(cost(own, ...inputs.map((_, at) => at === one)), name).toBeLessThanOrEqual(cost(own, ...all));
      }
      expect(cost(true, ...all), name).toBeGreaterThanOrEqual(cost(false, ...all));
    }
  });

  test("what takes the place of another tensor is not counted twice: the gates of an lstm lie where its projection lay", () => {
    const lstm = layerDefinition("lstm");
    if (lstm === undefined) throw new Error("there is no lstm");
    const { activationElements } = costOf(lstm, validateConfig(lstm.schema, { units: 4 }, "lstm"), { inputs: [[7, 3]] });
    // Gates, states and cells of seven steps, the last of both, and what is answered.
    expect(activationElements).toBe(7 * (4 * 4 + 4 + 4) + 4 + 4);
  });
});
