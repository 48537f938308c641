import { describe, expect, it } from "vitest";
import type { Builder } from "../../../core/ir/builder.ts";
import { at } from "../../../core/ir/op.ts";
import { fuseProbabilityLoss } from "../../../core/ir/passes/fuse-probability-loss.ts";
import type { Tensor } from "../../../core/ir/tensor.ts";
import { lossDefinition, lossNames } from "../../../core/losses/definitions.ts";
import { lossAttributes } from "../../../core/losses/loss.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { everyBackend } from "../../engine/backends.ts";
import { distance } from "../../engine/distance.ts";
import { SmallProgram } from "../../engine/program.ts";
import { enginePath, readGolden } from "./golden-file.ts";
import { type LossCase, lossJobs } from "./losses.ts";

const golden = readGolden<LossCase>(enginePath("losses"));

interface Places {
  readonly prediction: Tensor;
  readonly target: Tensor;
  readonly rowWeights: Tensor | null;
  readonly loss: Tensor;
}

/** Prediction, perhaps an activation, and the loss, with the pass that core/spec/build.ts runs over them. */
function emitLoss(builder: Builder, one: LossCase): Places {
  const prediction = builder.tensor(one.prediction.shape, "parameter", "prediction");
  const target = builder.tensor(one.target.shape, "input", "target");
  const rowWeights = one.row_weights === null ? null : builder.tensor(one.row_weights.shape, "input", "row_weights");
  const activated = one.activation === null ? prediction : builder.activation(prediction, one.activation);
  const definition = lossDefinition(one.loss);
  const inputs = rowWeights === null ? [activated, target] : [activated, target, rowWeights];
  const loss = builder.one(definition.op, inputs, lossAttributes(definition, one.weight, one.label_smoothing));
  builder.instructions.splice(0, builder.instructions.length, ...fuseProbabilityLoss(builder.instructions));
  return { prediction, target, rowWeights, loss };
}

describe("losses", () => {
  it("have golden values of what is registered now", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(lossJobs()));
    expect(new Set(golden.cases.map(({ loss }) => loss))).toEqual(new Set(lossNames));
  });

  describe.each(golden.cases)("$name", (one) => {
    it.each(everyBackend)("gives PyTorch's value and gradient ($name)", ({ backend, tolerance }) => {
      let places: Places | undefined;
      const program = new SmallProgram(backend, (builder) => {
        places = emitLoss(builder, one);
        return { results: [], loss: places.loss };
      });
      if (places === undefined) throw new Error("nothing was emitted");
      program.write(places.prediction, one.prediction.values).write(places.target, one.target.values);
      if (places.rowWeights !== null) program.write(places.rowWeights, one.row_weights?.values ?? []);
      program.run();
      expect(distance(program.read(places.loss), [one.result.loss])).toBeLessThan(tolerance);
      expect(distance(program.gradient(places.prediction), one.result.gradient.values)).toBeLessThan(tolerance);
    });
  });

  it("are computed from logits where an activation that gives probabilities comes before", () => {
    for (const one of golden.cases.filter(({ activation }) => activation !== null)) {
      const program = new SmallProgram(at(everyBackend, 0).backend, (builder) => ({ results: [], loss: emitLoss(builder, one).loss }));
      const forward = program.builder.instructions.filter(({ phase }) => phase === "forward");
      const loss = at(forward, forward.length - 1);
      expect(loss.inputs[0]?.name).toBe("prediction");
      expect(loss.op === "softmax_cross_entropy" || loss.attributes["function"] === "sigmoid_binary_crossentropy").toBe(true);
    }
  });
});
