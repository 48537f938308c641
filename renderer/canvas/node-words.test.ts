import { expect, test } from "vitest";
import { layerDefinition } from "../../core/layers/registry.ts";
import { design } from "../../test/graph/designs.ts";
import { activationOf, bodyOf, identifierOf, tagOf } from "./node-words.ts";

const { nodes } = design("in > fc > out", {
  in: ["input", { shape: [8, 8, 1] }],
  fc: ["dense", { units: 3, activation: "hard_sigmoid" }],
  look: ["attention", { score_mode: "concat", use_causal_mask: true }],
  out: ["output", { loss: "mse" }],
}).graph;
const named = (id: string) => {
  const node = nodes.find((one) => one.id === id);
  const definition = layerDefinition(node?.type ?? "");
  if (node === undefined || definition === undefined) throw new Error(`${id} is not drawn`);
  return { node, definition };
};
const body = (id: string, language: "en" | "zh"): string => bodyOf(named(id).definition, named(id).node, language);

test("choices are said in words of the language, numbers as they are", () => {
  expect(body("out", "en")).toBe("Mean squared error");
  expect(body("out", "zh")).toBe("均方误差");
  expect(body("in", "zh")).toContain("[8, 8, 1]");
  expect(body("look", "en")).toBe("Concatenation (additive), Causal");
  expect(body("look", "zh")).toBe("拼接（加性），因果");
});

test("the identifier is kept for those who look for it", () => {
  const { node, definition } = named("fc");
  expect(tagOf(definition, node, "en")).toBe("Hard sigmoid");
  expect(tagOf(definition, node, "zh")).toBe("硬 Sigmoid");
  expect(activationOf(definition, node)).toBe("hard_sigmoid");
  expect(identifierOf(definition, node)).toBe("");
  expect(identifierOf(named("out").definition, named("out").node)).toBe("mse");
});
