import { expect, test } from "vitest";
import { layeredLayout } from "./layered-layout.ts";

type Ends = readonly (readonly [source: number, target: number])[];

const SHAPES: readonly (readonly [name: string, count: number, ends: (count: number) => Ends])[] = [
  [
    "a chain with a connection around every layer",
    2_000,
    (count) => numbers(count - 2).flatMap((i) => [[i, i + 1] as const, [i, i + 2] as const]),
  ],
  [
    "a U-Net",
    2_000,
    (count) =>
      numbers(count / 2 - 1).flatMap(
        (i) =>
          [
            [i, i + 1],
            [count - 2 - i, count - 1 - i],
            [i, count - 1 - i],
          ] as const,
      ),
  ],
  [
    "dense blocks: each layer joined to the next eight",
    3_000,
    (count) => numbers(count).flatMap((i) => numbers(8).flatMap((k) => (i + k + 1 < count ? [[i, i + k + 1] as const] : []))),
  ],
  [
    "a wide mesh",
    5_000,
    (count) => numbers(count - 10).flatMap((i) => numbers(10).map((k) => [i, 10 * (Math.floor(i / 10) + 1) + k] as const)),
  ],
];

test.each(SHAPES)("%s of %i layers is laid out: nothing overlaps, and every connection leads on", (_name, count, ends) => {
  const nodes = numbers(count).map((i) => ({ id: `n${i}`, width: 180, height: 60, anchor: 20 }));
  const edges = ends(count).map(([source, target]) => ({ source: `n${source}`, target: `n${target}` }));
  for (const down of [false, true]) {
    const placed = layeredLayout(nodes, edges, { down });
    expect(Object.keys(placed)).toHaveLength(count);
    const at = (id: string): { x: number; y: number } => placed[id] ?? { x: Number.NaN, y: Number.NaN };
    const backwards = edges.filter(({ source, target }) =>
      down ? !(at(target).y >= at(source).y + 60) : !(at(target).x >= at(source).x + 180),
    );
    expect(backwards).toEqual([]);
    expect(overlaps(Object.values(placed))).toBe(0);
  }
});

test("the connections that pass a layer go by beside it: a U-Net comes to lie as a U", () => {
  const count = 2_000;
  const nodes = numbers(count).map((i) => ({ id: `n${i}`, width: 180, height: 60 }));
  const edges = (SHAPES[1]?.[2](count) ?? []).map(([source, target]) => ({ source: `n${source}`, target: `n${target}` }));
  const placed = layeredLayout(nodes, edges);
  const tops = numbers(count).map((i) => placed[`n${i}`]?.y ?? Number.NaN);
  expect(tops.slice(1, 900).every((top, i) => top >= (tops[i] ?? 0))).toBe(true);
  expect(tops[900]).toBeGreaterThan((tops[100] ?? 0) + 60);
  expect(tops[count - 101]).toBeCloseTo(tops[100] ?? 0, -2);
});

test("a cycle among too many layers is laid out as well", () => {
  const count = 2_000;
  const nodes = numbers(count).map((i) => ({ id: `n${i}`, width: 180, height: 60 }));
  const edges = [...(SHAPES[0]?.[2](count) ?? []), [count - 1, 5] as const].map(([from, to]) => ({ source: `n${from}`, target: `n${to}` }));
  expect(overlaps(Object.values(layeredLayout(nodes, edges)))).toBe(0);
});

/** Pairs of boxes of 180 by 60 that lie over one another. */
function overlaps(places: readonly { readonly x: number; readonly y: number }[]): number {
  const sorted = [...places].sort((a, b) => a.x - b.x);
  let count = 0;
  for (const [i, one] of sorted.entries())
    for (let j = i + 1; j < sorted.length && (sorted[j]?.x ?? 0) < one.x + 180; j++)
      if (Math.abs((sorted[j]?.y ?? 0) - one.y) < 60) count += 1;
  return count;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
