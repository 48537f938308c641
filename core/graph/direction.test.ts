import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { applyCommand } from "./commands.ts";
import { isDown } from "./direction.ts";
import { readDesign, writeDesign } from "./migrate.ts";
import { sameMeaning } from "./same-meaning.ts";

const plain = design("in > fc > out", { in: ["input", { shape: [4] }], fc: ["dense"], out: ["output"] });
const note = { id: "n", kind: "note", text: "", colour: "blue", position: { x: 0, y: 0 }, width: 90, height: 60 };
const noted = applyCommand(plain, { type: "set_annotations", annotations: [note] }).design;

describe("which way a drawing runs", () => {
  test("a document that does not say it runs to the right, and is written as it was", () => {
    const text = writeDesign(plain);
    expect(text).not.toContain("direction");
    expect(isDown(readDesign(text).graph)).toBe(false);
  });

  test.each([
    ["without notes", plain],
    ["with notes", noted],
  ])("is kept by the file and taken back to the byte, %s", (_name, before) => {
    const { design: after, inverse } = applyCommand(before, { type: "set_direction", direction: "down" });
    expect(isDown(after.graph)).toBe(true);
    expect(Object.keys(readDesign(writeDesign(after)).graph)).toEqual(Object.keys(after.graph));
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(before));
    const again = applyCommand(after, { type: "set_direction", direction: null });
    expect(JSON.stringify(again.design)).toBe(JSON.stringify(before));
    expect(JSON.stringify(applyCommand(again.design, again.inverse).design)).toBe(JSON.stringify(after));
  });

  test("notes that come after it stand before it in the file, as reading puts them", () => {
    const down = applyCommand(plain, { type: "set_direction", direction: "down" }).design;
    const both = applyCommand(down, { type: "set_annotations", annotations: [note] }).design;
    expect(Object.keys(readDesign(writeDesign(both)).graph)).toEqual(Object.keys(both.graph));
  });

  test("changes nothing in the network", () => {
    expect(sameMeaning(plain, applyCommand(plain, { type: "set_direction", direction: "down" }).design)).toBe(true);
  });

  test("another word is refused by name", () => {
    const strange = { ...plain, graph: { ...plain.graph, direction: "sideways" } };
    expect(() => readDesign(strange)).toThrow(expect.objectContaining({ code: "design.bad_field" }));
  });
});
