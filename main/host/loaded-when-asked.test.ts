import { expect, test } from "vitest";
import { loadedWhenAsked } from "./loaded-when-asked.ts";

test("loads nothing before it is asked, and once for all who ask", async () => {
  let loads = 0;
  const part = loadedWhenAsked("a part", async () => ({ number: ++loads }));
  expect(loads).toBe(0);
  const [first, second] = await Promise.all([part(), part()]);
  expect(await part()).toBe(first);
  expect(second).toBe(first);
  expect(loads).toBe(1);
});

test("says which part could not be loaded and why, to all who wait, and tries again", async () => {
  let loads = 0;
  const part = loadedWhenAsked("a part", async () => {
    loads += 1;
    if (loads === 1) throw new Error("Cannot find module 'a-part-linux'");
    return loads;
  });
  const told = { code: "host.part_not_loaded", params: { part: "a part", problem: "Cannot find module 'a-part-linux'" } };
  const answers = await Promise.allSettled([part(), part()]);
  expect(answers).toMatchObject([{ reason: told }, { reason: told }]);
  expect(await part()).toBe(2);
});
