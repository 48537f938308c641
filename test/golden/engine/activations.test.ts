import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../core/ir/tensor.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { everyBackend } from "../../engine/backends.ts";
import { distance } from "../../engine/distance.ts";
import { SmallProgram, sumWeights, weightedSum } from "../../engine/program.ts";
import { type ActivationCase, activationJobs, activationsWithoutWeights } from "./activations.ts";
import { enginePath, readGolden } from "./golden-file.ts";

const golden = readGolden<ActivationCase>(enginePath("activations"));

describe("activations", () => {
  it("have golden values of what is registered now", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(activationJobs()));
    expect(golden.cases.map(({ name }) => name)).toEqual(activationsWithoutWeights);
  });

  describe.each(golden.cases)("$name", ({ name, input, output_weights, result }) => {
    it.each(everyBackend)("gives PyTorch's values and slopes, at its kinks and in its tails too ($name)", ({ backend, tolerance }) => {
      const places: Tensor[] = [];
      const program = new SmallProgram(backend, (builder) => {
        const x = builder.tensor(input.shape, "parameter", "x");
        const y = builder.activation(x, name);
        const weights = sumWeights(builder, [y]);
        places.push(x, y, ...weights);
        return { results: [y], loss: weightedSum(builder, [y], weights) };
      });
      const [x, y, weights] = places as [Tensor, Tensor, Tensor];
      program.write(x, input.values).write(weights, output_weights.values).run();
      expect(distance(program.read(y), result.output.values)).toBeLessThan(tolerance);
      expect(distance(program.gradient(x), result.gradient.values)).toBeLessThan(tolerance);
    });
  });
});
