import { describe, expect, it } from "vitest";
import { kindsFit } from "./ports.ts";

describe("kinds of ports", () => {
  it("fit themselves, and numbers fit where indices are wanted", () => {
    for (const kind of ["float", "index", "mask", "graph"] as const) expect(kindsFit(kind, kind, false)).toBe(true);
    expect(kindsFit("float", "index", false)).toBe(true);
  });

  it.each(["mask", "graph"] as const)("let numbers of the data in as a %s, and no numbers that were computed", (kind) => {
    expect(kindsFit("float", kind, true)).toBe(true);
    expect(kindsFit("float", kind, false)).toBe(false);
  });

  it("let no mask or graph in as numbers", () => {
    expect(kindsFit("mask", "float", false)).toBe(false);
    expect(kindsFit("graph", "float", true)).toBe(false);
  });
});
