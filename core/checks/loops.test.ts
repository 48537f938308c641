/** Layers of every type in a loop, skipped or not, with others behind it: the checks come to an end, and the loop is opened by one click. */
import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { codes, mendedEachWay } from "../../test/graph/problems.ts";
import { applyCommand } from "../graph/commands.ts";
import { fixesOf } from "../graph/problem.ts";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { examine } from "./examine.ts";

const inLoops = layerTypes.filter((type) => {
  const ports = layerDefinition(type)?.ports;
  return (ports?.inputs.length ?? 0) > 0 && (ports?.outputs.length ?? 0) > 0;
});
/** What walks back to what it gets, or on to what it feeds, from behind the loop. */
const BEHIND = ["global_average_pooling_2d", "output", "activation", "batch_normalization", "dropout", "dense", "conv_2d"] as const;

describe("a loop", () => {
  test.each(inLoops)("of %s", (type) => {
    for (const bypassed of [[], ["a"], ["a", "b"]])
      for (const behind of BEHIND) {
        const more = (id: string) => ({ bypassed: bypassed.includes(id) });
        const one = design("a > b > a, b > end", { a: [type, {}, more("a")], b: [type, {}, more("b")], end: [behind] });
        const found = examine(one).problems.find(({ error }) => error.code === "design.cycle");
        expect(found, `${type} before ${behind}`).toBeDefined();
        const [fix] = fixesOf(found ?? {});
        expect(codes(applyCommand(one, { type: "batch", commands: fix?.commands ?? [] }).design)).not.toContain("design.cycle");
      }
  });

  test("of a layer with itself, as a file may have it", () => {
    for (const type of inLoops)
      for (const bypassed of [false, true])
        expect(codes(design("a > a > end", { a: [type, {}, { bypassed }], end: ["dense"] }))).toContain("design.cycle");
  });
});

test("a row of ten thousand layers that only pass values on is walked to its end", () => {
  const row = Array.from({ length: 10_000 }, (_, place) => `d${place}`);
  const layers = Object.fromEntries(row.map((id) => [id, ["dropout", {}, { bypassed: true }] as const]));
  const one = design(`in > last > ${row.join(" > ")} > out`, {
    in: ["input", { shape: [4] }],
    last: ["dense", { units: 2 }],
    ...layers,
    out: ["output", { loss: "categorical_crossentropy" }],
  });
  expect(mendedEachWay(one, "design.loss_wants_probabilities")).toHaveLength(1);
});
