import { afterEach, expect, test, vi } from "vitest";
import { createFrameStore } from "./frame-store.ts";

interface Counted {
  readonly count: number;
  readonly name: string;
  /** Follows from `count`. */
  readonly double: number;
}

function counted() {
  const asked: number[] = [];
  const store = createFrameStore<Counted>({ count: 0, name: "", double: 0 }, ({ count, double }) => {
    if (double === 2 * count) return null;
    asked.push(count);
    return { double: 2 * count };
  });
  const heard: (readonly [before: number, now: number, double: number])[] = [];
  store.use.subscribe((now, before) => heard.push([before.count, now.count, now.double]));
  return { ...store, asked, heard };
}

/** A page whose frames and timers come when they are called for. */
function page(): { readonly draw: () => void } {
  let due: FrameRequestCallback[] = [];
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("requestAnimationFrame", (run: FrameRequestCallback) => due.push(run));
  const draw = (): void => {
    vi.runAllTimers();
    const now = due;
    due = [];
    for (const run of now) run(0);
    vi.runAllTimers();
  };
  return { draw };
}
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a single change is told at once; those that follow it within a frame are there at once, told once and looked into once", () => {
  const { draw } = page();
  const { later, peek, use, asked, heard } = counted();
  later({ count: 1 });
  expect(heard).toEqual([[0, 1, 2]]);
  for (let count = 2; count <= 5; count += 1) {
    later({ count });
    expect(peek().count).toBe(count);
  }
  expect([heard.length, asked]).toEqual([1, [1]]);
  draw();
  draw();
  expect(heard).toEqual([
    [0, 1, 2],
    [1, 5, 10],
  ]);
  expect(asked).toEqual([1, 5]);
  expect(use.getState()).toEqual({ count: 5, name: "", double: 10 });
  draw();
  later({ count: 6 });
  expect(heard.at(-1)).toEqual([5, 6, 12]);
  draw();
});

test("who asks before the frame gets what follows from the last change", () => {
  const { draw } = page();
  const { later, use, heard } = counted();
  later({ count: 1 });
  later({ count: 3 });
  expect(use.getState().double).toBe(6);
  expect(heard).toHaveLength(1);
  draw();
  draw();
});

test("a change that is told at once brings what waited with it, and the frame has nothing more to say", () => {
  const { draw } = page();
  const { later, use, heard } = counted();
  later({ count: 1 });
  later({ count: 3 });
  use.setState({ name: "new" });
  expect(heard.at(-1)).toEqual([1, 3, 6]);
  draw();
  draw();
  expect(heard).toHaveLength(2);
});

test("where nothing is drawn every change is told at once", () => {
  const { later, heard } = counted();
  later({ count: 1 });
  later({ count: 2 });
  expect(heard.map(([before, now]) => [before, now])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});
