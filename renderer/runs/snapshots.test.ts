import { describe, expect, it } from "vitest";
import { momentsOf, placeOf, Turns } from "./snapshots.ts";

const kept = [0, 10, 20].map((epoch) => ({ epoch, step: epoch * 3, size_bytes: 8 }));

describe("the moments of a run that can be looked back at", () => {
  it("end with the trained model, where there is one", () => {
    expect(momentsOf(kept, true)).toEqual([0, 10, 20, "trained"]);
    expect(momentsOf(kept, false)).toEqual([0, 10, 20]);
    // Without any epoch there is nothing to go back to.
    expect(momentsOf([], true)).toEqual([]);
  });

  it("show the newest until another is chosen, and the last before one that is gone", () => {
    expect(placeOf([0, 10, 20], null)).toBe(2);
    expect(placeOf([0, 10, 20, "trained"], null)).toBe(3);
    expect(placeOf([0, 10, 20, "trained"], "trained")).toBe(3);
    expect(placeOf([0, 10, 20, "trained"], 10)).toBe(1);
    expect(placeOf([0, 20, "trained"], 10)).toBe(0);
    expect(placeOf([10, 20], 0)).toBe(0);
    expect(placeOf([0, 10], 25)).toBe(1);
  });
});

describe("epochs that are kept faster than the host answers", () => {
  it("are asked for one question after the other, so that each answer comes", () => {
    const turns = new Turns();
    const asked = [turns.changed(false), turns.changed(true), turns.changed(true), turns.ended(false), turns.ended(false)];
    expect(asked).toEqual([true, false, false, true, false]);
  });

  it("are asked for no more where nobody waits, until the next is kept", () => {
    const turns = new Turns();
    expect([turns.changed(true), turns.ended(true), turns.ended(false), turns.changed(false)]).toEqual([false, false, false, true]);
  });
});
