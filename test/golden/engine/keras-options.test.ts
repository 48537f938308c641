import { describe, expect, it } from "vitest";
import { hashOf } from "../../../core/spec/hash.ts";
import { everyBackend } from "../../engine/backends.ts";
import { distance } from "../../engine/distance.ts";
import { enginePath, readGolden } from "./golden-file.ts";
import { type KerasCase, kerasScenarios, networkOf, train, weightsOf } from "./keras-options.ts";

const golden = readGolden<KerasCase>(enginePath("keras-options"));
/** Keras computes PReLU's slope and some constants in float32 even where all else is float64. */
const TOLERANCE = 1e-5;
/** Ours is PyTorch's, unbiased; Keras's is biased. */
const DIFFERENT = "normal/moving_variance";

describe("options of training as Keras has them", () => {
  it("have golden values of the scenarios as they are now", () => {
    expect(golden.description_hash, "run node test/golden/engine/generate-keras.ts").toBe(hashOf(kerasScenarios));
  });

  describe.each(golden.cases)("$name", (one) => {
    it.each(everyBackend)("gives Keras's losses and weights after six steps ($name)", ({ backend }) => {
      const network = networkOf(one, backend);
      const losses = train(network);
      expect(distance(losses, one.result.losses)).toBeLessThan(TOLERANCE);
      expect(new Set(losses).size).toBe(losses.length);
      const found = weightsOf(network);
      expect(Object.keys(found).sort()).toEqual(Object.keys(one.result.trained).sort());
      for (const [name, { values }] of Object.entries(one.result.trained)) {
        if (name !== DIFFERENT) expect(distance(found[name]?.values ?? [], values), name).toBeLessThan(TOLERANCE);
        const moved = distance(values, one.initial[name]?.values ?? []) > 1e-4;
        expect(moved, `${name} trains`).toBe(!one.frozen.includes(name.split("/")[0] ?? ""));
      }
    });
  });
});
