/**
 * No layer type is named outside its folder: true of the tree, and seen to fail on every way of naming one.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { layerTypes, namedLayers } from "./layer-names.ts";
import { withTree } from "./planted-tree.ts";

const REPOSITORY = join(import.meta.dirname, "../..");
const folders = Object.fromEntries(
  ["dense", "input", "add", "dropout", "flatten"].map((type) => [`core/layers/${type}/index.ts`, `export const type = "${type}";\n`]),
);

function violationsOf(file: string, text: string): readonly string[] {
  return withTree({ ...folders, [file]: text }, (root) => namedLayers(root).violations);
}

test("no layer type is named outside its folder", () => {
  const { violations, fileCount } = namedLayers(REPOSITORY);
  expect(violations).toEqual([]);
  expect(layerTypes(REPOSITORY).length).toBeGreaterThan(10);
  expect(fileCount).toBeGreaterThan(100);
});

describe("a planted name is found", () => {
  test.each([
    ["a comparison", 'export const wrong = (node: { type: string }) => node.type === "dense";'],
    ["a comparison through a chain", 'export const wrong = (node?: { type: string }) => "input" !== node?.type;'],
    ["a comparison of a variable", 'export const wrong = (layerType: string) => layerType === "add";'],
    [
      "a case of a switch",
      'export function wrong(node: { type: string }) { switch (node.type) { case "add": return 1; default: return 0; } }',
    ],
    ["a search in a list", 'export const wrong = (node: { type: string }) => ["input", "add"].includes(node.type);'],
    ["a set", 'export const wrong = new Set(["flatten"]);'],
    ["a look-up", 'export const wrong = layerDefinition("input"); declare function layerDefinition(type: string): unknown;'],
    ["a look-up by index", 'export const wrong = layers["add"]; declare const layers: Record<string, unknown>;'],
    ["a table by type", "export const wrong = { dense: 1 };"],
    ["a table that is indexed at once", 'export const wrong = (node: { type: "x" }) => ({ input: 1, x: 2 })[node.type];'],
    ["a node that is created", 'export const wrong = { id: "1", type: "input" };'],
    [
      "a call that creates",
      'export const wrong = addNode("add", 0, 0); declare function addNode(type: string, x: number, y: number): unknown;',
    ],
    ["a literal type", 'export interface Wrong { type: "add" | "x" }'],
    [
      "a property of a component",
      'export const Wrong = () => <Preview type="input" />; declare function Preview(p: { type: string }): null;',
    ],
  ])("as %s", (_, text) => {
    for (const file of ["renderer/canvas/Wrong.tsx", "main/host/wrong.tsx", "core/graph/wrong.tsx"]) {
      const found = violationsOf(file, text);
      expect(found.length, `${file}: ${text}`).toBeGreaterThan(0);
      expect(found[0]).toContain(`${file}:1:`);
    }
  });

  test("in the folder of another layer", () => {
    expect(
      violationsOf("core/layers/flatten/shape.ts", 'export const wrong = (node: { type: string }) => node.type === "dense";'),
    ).toHaveLength(1);
    expect(violationsOf("core/layers/dense/shape.ts", 'export const right = (node: { type: string }) => node.type === "dense";')).toEqual(
      [],
    );
  });
});

describe("what is no layer's type is left alone", () => {
  test.each([
    ["core/layers/dense/index.ts", 'export const build = (b: { one(op: string): unknown }) => b.one("add");'],
    ["core/ir/ops/elementwise.ts", "export const ops = { add: 1, dropout: 2 };"],
    ["core/graph/ports.ts", 'export const isInput = (traits: { role: string }) => traits.role === "input";'],
    ["core/train/outputs.ts", 'export const outputs = layersOfRole("output"); declare function layersOfRole(role: string): unknown;'],
    ["renderer/canvas/changes.ts", 'export const added = (change: { type: string }) => change.type === "add";'],
    ["renderer/ui/Field.tsx", 'export const Field = () => <input type="text" name="input" />;'],
    ["renderer/ui/keys.ts", 'export const listen = (e: EventTarget) => e.addEventListener("input", () => {});'],
  ])("%s: %s", (file, text) => {
    expect(violationsOf(file, text)).toEqual([]);
  });
});
