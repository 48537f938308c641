/** The table of all points of a long run, written by a process that could not hold it. */
import { execFile } from "node:child_process";
import { createReadStream, statSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { newProject, newStore } from "../../main/store/testing/opened-store.ts";
import { sampleRun, valueAt } from "../../main/store/testing/store-fixture.ts";

const POINTS = 1_000_000;
const BATCH = 10_000;
/** Less than the text of the table (52 MB), and half as much again as the program takes (28). */
const HEAP_MB = 44;
const PROGRAM = fileURLToPath(new URL("./export-curves.ts", import.meta.url));

test("a run of a million points is written whole in less memory than its table is long", async () => {
  using opened = await newStore();
  const { id } = opened.store.createRun(sampleRun(newProject(opened.store).id));
  for (let first = 1; first <= POINTS; first += BATCH)
    opened.store.appendPoints(
      id,
      Array.from({ length: BATCH }, (_, at) => {
        const step = first + at;
        return { name: "loss", step, epoch: step / 1000, seconds: step / 3, value: valueAt(step) };
      }),
    );
  const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${HEAP_MB}`, PROGRAM, opened.folder.path, id]);
  const { path, points } = JSON.parse(stdout) as { path: string; points: number };
  expect(points).toBe(POINTS);
  expect(statSync(path).size / 2 ** 20).toBeGreaterThan(HEAP_MB);
  let step = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (step > 0 && line !== `loss,${step},${step / 1000},${step / 3},${valueAt(step)}`) throw new Error(`line ${step}: ${line}`);
    step += 1;
  }
  expect(step).toBe(POINTS + 1);
});
