import { expect, test } from "vitest";
import { GIVEN_UP, isSettled, settled, underWay } from "./under-way.ts";

test("nothing is on its way at first, and waiting for it ends at once", async () => {
  expect(isSettled()).toBe(true);
  await settled();
});

/** A promise that is ended from outside. */
function pending(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  const ends: { resolve?: () => void; reject?: (error: unknown) => void } = {};
  const promise = new Promise<void>((resolve, reject) => Object.assign(ends, { resolve, reject }));
  return { promise, resolve: () => ends.resolve?.(), reject: (error) => ends.reject?.(error) };
}

test("what is begun by what came is waited for too, and what fails ends as well", async () => {
  const first = pending();
  const second = pending();
  underWay(first.promise).then(
    () => void underWay(second.promise).catch(() => undefined),
    () => undefined,
  );
  let done = false;
  const all = settled().then(() => {
    done = true;
  });
  first.resolve();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([done, isSettled()]).toEqual([false, false]);
  second.reject(new Error("no layout"));
  await all;
  expect([done, isSettled()]).toEqual([true, true]);
});

test("what is given up gives up what waits for it at once, though other things are on their way; what fails does not", async () => {
  const [asked, other] = [pending(), pending()];
  underWay(other.promise).catch(() => undefined);
  underWay(asked.promise).catch(() => undefined);
  const waits = settled();
  asked.reject(GIVEN_UP);
  expect(await waits).toBe(false);
  const others = settled();
  other.reject(new Error("no proposal"));
  expect(await others).toBe(true);
});
