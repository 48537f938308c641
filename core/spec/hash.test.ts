import { describe, expect, it } from "vitest";
import type { DataDocument } from "../graph/document.ts";
import { canonicalJson, hashOf, specHash } from "./hash.ts";

describe("canonicalJson", () => {
  it("does not depend on the order of keys, at any depth", () => {
    const one = { b: 1, a: { d: [1, { z: 0, y: null }], c: "x" } };
    const other = { a: { c: "x", d: [1, { y: null, z: 0 }] }, b: 1 };
    expect(canonicalJson(one)).toBe(canonicalJson(other));
    expect(canonicalJson(one)).toBe('{"a":{"c":"x","d":[1,{"y":null,"z":0}]},"b":1}');
  });

  it("depends on the order of lists", () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });

  it("orders keys by code units, not by a language", () => {
    expect(canonicalJson({ ä: 1, Z: 2, a: 3, _: 4, "10": 5, "9": 6 })).toBe('{"10":5,"9":6,"Z":2,"_":4,"a":3,"ä":1}');
  });

  it("leaves out what is undefined, as JSON does, and keeps null", () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}');
    expect(canonicalJson([undefined, null])).toBe("[null,null]");
  });

  it("reads back as the same value", () => {
    const value = { text: 'quote " and \\ and \u2028', numbers: [0, -1.5, 1e-7, 123456789012], yes: true, none: null, empty: {}, list: [] };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });
});

describe("hashOf", () => {
  it("is the SHA-256 of the canonical JSON", () => {
    // printf '{"a":1}' | sha256sum
    expect(hashOf({ a: 1 })).toBe("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
  });

  it("hashes text as UTF-8", () => {
    // printf '"中文"' | sha256sum
    expect(hashOf("中文")).toBe("ae5501d6922ab917c22d22b489ec065bd1ac48244a124277f858fba6f722efd5");
  });

  it("tells a number from the text of it", () => {
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: "1" }));
  });
});

describe("specHash", () => {
  const data: DataDocument = {
    source: { kind: "file", name: "a.csv" },
    columns: [{ name: "x", type: "numeric", role: "feature" }],
    steps: [{ type: "standardise", columns: ["x"] }],
    split: { method: "random", validation_fraction: 0.2, seed: null },
    feature_count: null,
    class_count: null,
  };
  const hash = (changed: Partial<DataDocument>): string =>
    specHash({ graph: { nodes: [], edges: [], groups: [] }, data: { ...data, ...changed } }, {});

  it("tells apart everything in the data section that decides which numbers are trained on", () => {
    const changes: Partial<DataDocument>[] = [
      {},
      { columns: [{ name: "x", type: "numeric", role: "ignored" }] },
      { steps: [] },
      { split: { method: "random", validation_fraction: 0.2, seed: 4 } },
      { filter: "x > 1" },
      { window: { columns: ["x"], lags: [1], horizon: 1, order_by: null } as unknown as NonNullable<DataDocument["window"]> },
      { sampling: { method: "over", seed: null } },
      { augment: { rotate: 5 } as NonNullable<DataDocument["augment"]> },
      { graph: { kind: "links", window: 3 } as unknown as NonNullable<DataDocument["graph"]> },
    ];
    expect(new Set(changes.map(hash)).size).toBe(changes.length);
  });

  it("is the same wherever the file lies, and before and after it was prepared", () => {
    expect(hash({ source: { kind: "file", name: "b.csv" }, feature_count: 3, class_count: 2 })).toBe(hash({}));
    // As it has been since the first version: runs of before are found again.
    expect(hash({})).toBe(
      hashOf({ nodes: [], edges: [], training: {}, data: { columns: data.columns, steps: data.steps, split: data.split } }),
    );
  });
});
