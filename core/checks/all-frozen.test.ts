import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { codes, mended, only } from "../../test/graph/problems.ts";

const IN = ["input", { shape: [4] }] as const;
const frozen = { frozen: true };

describe("frozen layers", () => {
  test("all of them frozen is a warning, and one click trains them again", () => {
    const one = design("in > a > b > out", {
      in: IN,
      a: ["dense", { activation: "relu" }, frozen],
      b: ["dense", { units: 1 }, frozen],
      out: ["output"],
    });
    expect(only(one, "design.all_frozen").severity).toBe("warning");
    expect(mended(one, "design.all_frozen").graph.nodes.some((node) => node.frozen === true)).toBe(false);
  });

  test("one that trains is enough, and a design without weights has nothing to freeze", () => {
    const some = design("in > a > b > out", {
      in: IN,
      a: ["dense", { activation: "relu" }, frozen],
      b: ["dense", { units: 1 }],
      out: ["output"],
    });
    expect(codes(some)).not.toContain("design.all_frozen");
    expect(codes(design("in > a > out", { in: IN, a: ["activation"], out: ["output"] }))).not.toContain("design.all_frozen");
  });

  test("a frozen normalization does not look at the batch, so that one row is enough", () => {
    const layers = (more: object) =>
      ({ in: IN, n: ["batch_normalization", {}, more], a: ["dense", { units: 1 }], out: ["output"] }) as const;
    const train = { train: { batch_size: 1 } };
    expect(codes(design("in > n > a > out", layers({}), train))).toContain("design.batch_of_one");
    expect(codes(design("in > n > a > out", layers(frozen), train))).not.toContain("design.batch_of_one");
  });
});
