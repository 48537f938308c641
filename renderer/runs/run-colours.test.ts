import { describe, expect, test } from "vitest";
import { assignLooks, freePlace, lookOf } from "./run-colours.ts";

const run = (number: number) => ({ id: `run ${number}`, number });

describe("colours of runs", () => {
  test("a run has the colour of its number when it is free", () => {
    expect(freePlace(2, new Set([0, 1]))).toBe(2);
  });

  test("runs seen together have different colours while there are enough", () => {
    const places = assignLooks([1, 9, 17, 2, 10, 3, 4, 5].map(run));
    const colours = [...places.values()].map((place) => lookOf(place).colour);
    expect(new Set(colours).size).toBe(8);
  });

  test("a run keeps its colour whatever it is shown with later", () => {
    const before = assignLooks([run(31)]).get("run 31");
    expect(assignLooks([run(39), run(31), run(47)]).get("run 31")).toBe(before);
  });

  test("runs that have the same colour get different ones when they are seen together", () => {
    const first = assignLooks([run(41)]).get("run 41");
    assignLooks([run(49)]);
    const places = assignLooks([run(41), run(49)]);
    expect(places.get("run 41")).toBe(first);
    expect(lookOf(places.get("run 49") ?? 0).colour).not.toBe(lookOf(first ?? 0).colour);
  });

  test("runs of several projects, that had their marks before, differ in colour and in shape where they are seen together", () => {
    const ofProject = (name: string, numbers: readonly number[]) => numbers.map((number) => ({ id: `${name} ${number}`, number }));
    const one = ofProject("one", [1, 2, 3, 4]);
    const other = ofProject("other", [1, 2, 3, 9]);
    assignLooks(one);
    assignLooks(other);
    for (const together of [[...one, ...other], [one[1], other[0]].flatMap((it) => it ?? []), [...other].reverse().concat(one)]) {
      const places = assignLooks(together);
      const looks = together.map(({ id }) => lookOf(places.get(id) ?? 0));
      expect(new Set(looks.map(({ colour }) => colour)).size).toBe(together.length);
      expect(new Set(looks.map(({ shape }) => shape)).size).toBe(together.length);
    }
  });

  test("no two of twenty runs share both colour and shape", () => {
    const taken = new Set<number>();
    for (let number = 0; number < 20; number += 1) taken.add(freePlace(number, taken));
    const looks = [...taken].map((place) => `${lookOf(place).colour} ${lookOf(place).shape}`);
    expect(new Set(looks).size).toBe(20);
  });
});
