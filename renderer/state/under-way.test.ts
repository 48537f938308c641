import { expect, test } from "vitest";
import { isSettled, settled, underWay } from "./under-way.ts";

test("nothing is on its way at first, and waiting for it ends at once", async () => {
  expect(isSettled()).toBe(true);
  await settled();
});

test("what is begun by what came is waited for too, and what fails ends as well", async () => {
  const first = Promise.withResolvers<string>();
  const second = Promise.withResolvers<void>();
  underWay(first.promise).then(
    () => void underWay(second.promise).catch(() => undefined),
    () => undefined,
  );
  let done = false;
  const all = settled().then(() => {
    done = true;
  });
  first.resolve("proposed");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([done, isSettled()]).toEqual([false, false]);
  second.reject(new Error("no layout"));
  await all;
  expect([done, isSettled()]).toEqual([true, true]);
});
