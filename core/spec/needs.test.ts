import { describe, expect, it } from "vitest";
import { chain, graphOf, node } from "../../test/engine/design.ts";
import { makeModelSpec } from "./model.ts";
import { dataNeeds } from "./needs.ts";

const facts = { inputs: { x: [4] }, outputs: {} };

describe("dataNeeds", () => {
  const classifier = chain(
    node("x", "input", { columns: ["a", "b"] }),
    node("d", "dense", { units: 3 }),
    node("y", "output", { loss: "categorical_crossentropy", target: ["kind"] }),
  );

  it("asks for columns, shapes and the encodings that the loss takes", () => {
    expect(dataNeeds(classifier, null)).toEqual({
      inputs: [{ nodeId: "x", columns: ["a", "b"], shape: null }],
      outputs: [{ nodeId: "y", columns: ["kind"], targetInput: null, encodings: ["class_index"], width: 0 }],
    });
  });

  it("knows how wide the outputs are once the shapes are known", () => {
    expect(dataNeeds(classifier, makeModelSpec(classifier, facts)).outputs[0]?.width).toBe(3);
  });

  it("takes the fixed shape of an input", () => {
    expect(dataNeeds(chain(node("x", "input", { shape: [8, 8, 1] }), node("y", "output")), null).inputs).toEqual([
      { nodeId: "x", columns: [], shape: [8, 8, 1] },
    ]);
  });

  it("finds the input that is the target by its name", () => {
    const graph = chain({ ...node("id_7", "input"), name: "points" }, node("y", "output", { target_input: "points" }));
    expect(dataNeeds(graph, null).outputs[0]).toMatchObject({ targetInput: "id_7", columns: [] });
  });

  it("says which output wants an input that is not there", () => {
    expect(() => dataNeeds(chain(node("x", "input"), node("y", "output", { target_input: "ghost" })), null)).toThrowError(
      expect.objectContaining({ code: "design.target_input_missing", nodeId: "y", params: { name: "ghost" } }),
    );
  });

  it("asks nothing for layers that are skipped", () => {
    const graph = graphOf(
      [node("x", "input"), node("y", "output"), node("other", "output", {}, { bypassed: true })],
      [
        ["x", "y"],
        ["x", "other"],
      ],
    );
    expect(dataNeeds(graph, null).outputs.map(({ nodeId }) => nodeId)).toEqual(["y"]);
  });
});
