import { expect, test } from "vitest";
import type { DataDocument } from "../../../core/graph/document.ts";
import { shownColumns } from "./shown-columns.ts";

const column = (name: string, role: string, type = "numeric"): DataDocument["columns"][number] =>
  ({ name, role, type }) as DataDocument["columns"][number];

test("columns that are the pixels of a picture stand as one, in the order of the pixels; others stand behind it", () => {
  const pixels = Array.from({ length: 16 }, (_, k) => `pixel${k}`).reverse();
  const names = ["writer", ...pixels, "label"];
  const shown = shownColumns(names, [
    column("writer", "feature", "categorical"),
    ...pixels.map((name) => column(name, "feature")),
    column("label", "target"),
  ]);
  expect(shown.map(({ name }) => name)).toEqual(["pixel0 … pixel15", "writer"]);
  expect(shown[0]?.pixels?.shape).toEqual([4, 4, 1]);
  expect(shown[0]?.pixels?.places.map((place) => names[place])).toEqual(pixels.toReversed());
});

test("targets and columns that are left out do not stand there, nor are few numbered columns a picture", () => {
  const shown = shownColumns(["a", "b", "y"], [column("a", "feature"), column("b", "ignored"), column("y", "target")]);
  expect(shown).toEqual([{ name: "a", place: 0, picture: false }]);
  expect(shownColumns(["q1", "q2", "q3"], undefined)).toHaveLength(3);
});
