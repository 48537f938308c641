import { describe, expect, it } from "vitest";
import { Builder } from "../../../core/ir/builder.ts";
import { at } from "../../../core/ir/op.ts";
import { planPrograms } from "../../../core/ir/plan.ts";
import { hashOf } from "../../../core/spec/hash.ts";
import { everyBackend } from "../../engine/backends.ts";
import { distance } from "../../engine/distance.ts";
import { type ConstraintCase, constraintJobs } from "./constraints.ts";
import { enginePath, readGolden } from "./golden-file.ts";

const golden = readGolden<ConstraintCase>(enginePath("constraints"));

describe("constraints", () => {
  it("have golden values of what they are now", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(constraintJobs()));
  });

  it.each(everyBackend)("give what Keras's formulas give ($name)", ({ backend, tolerance }) => {
    for (const { name, constraint, weights, result } of golden.cases) {
      const builder = new Builder();
      const parameter = builder.tensor(weights.shape, "parameter", "w");
      builder.emit("constrain", [parameter], { ...constraint });
      const plan = planPrograms([builder.program()]);
      const arena = backend.allocate(plan.elementCount);
      const offset = at(at(plan.programs, 0).offsets, parameter.id);
      arena.elements.set(weights.values, offset);
      backend.compile(plan, 0, arena).run({ step: 0 });
      const found = Array.from(arena.elements.subarray(offset, offset + weights.values.length));
      expect(distance(found, result.values), name).toBeLessThan(tolerance);
      // Something must have been done, or nothing was compared.
      expect(found, name).not.toEqual(weights.values);
    }
  });
});
