import { describe, expect, it } from "vitest";
import { canonicalJson, hashOf } from "./hash.ts";

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
