import { expect, test } from "vitest";
import { partsAtWaists } from "./waists.ts";

const edge = (source: string, target: string) => ({ source, target });
const ids = (parts: readonly (readonly { readonly id: string }[])[]): string[] => parts.map((part) => part.map(({ id }) => id).join(""));
const nodes = (names: string) => [...names].map((id) => ({ id }));

test("parts end where every way goes through one node, which begins the next", () => {
  const edges = [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d"), edge("d", "e"), edge("e", "f"), edge("d", "f")];
  expect(ids(partsAtWaists(nodes("fedcba"), edges, 2))).toEqual(["acbd", "def"]);
  // A way around a node, however short, leaves it no waist.
  expect(ids(partsAtWaists(nodes("abcdef"), [...edges, edge("a", "e")], 2))).toEqual(["abcdef"]);
});

test("parts are not smaller than asked for, and towers, cycles and what lies alone stay together", () => {
  const chain = [edge("a", "b"), edge("b", "c"), edge("c", "d"), edge("d", "e")];
  expect(ids(partsAtWaists(nodes("abcde"), chain, 3))).toEqual(["abc", "cde"]);
  expect(ids(partsAtWaists(nodes("abcd"), [edge("a", "b"), edge("c", "d")], 1))).toHaveLength(1);
  expect(ids(partsAtWaists(nodes("abc"), [edge("a", "b"), edge("b", "c"), edge("c", "b")], 1))).toEqual(["abc"]);
});
