/** Threads are ended while DuckDB works for them; a process that does so must live, and not wait for their queries. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testHome } from "./fixture.ts";

it("ends threads in the middle of a query, short or of minutes, without ending the process", async () => {
  await using home = testHome();
  const ended = spawnSync(process.execPath, [join(import.meta.dirname, "end-threads.ts"), home.path], { encoding: "utf8" });
  expect(ended.stderr).toBe("");
  expect({ status: ended.status, signal: ended.signal }).toEqual({ status: 0, signal: null });
  const slowestMs = Number(/^24 ended, slowest (\d+) ms$/m.exec(ended.stdout)?.[1]);
  expect(slowestMs).toBeLessThan(10_000);
});
