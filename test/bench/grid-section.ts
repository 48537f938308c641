/**
 * Scrolling the rows of a table of a million rows in the loopback app: by the wheel, as a person reads, and by the scroll bar,
 * from one end to the other. Times between frames come from requestAnimationFrame in the page itself.
 */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openHost } from "../../main/host/host.ts";
import { TRAINER } from "../built.ts";
import { openChromium, startLoopback, temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, type Options, percentile, type Section } from "./measurement.ts";

const ROWS = 1_000_000;
const COLUMNS = 12;
const SCROLL_MS = 3000;
/** A notch of a wheel, sixty of them a second. */
const WHEEL_PIXELS = 120;
const PROJECT = "A million rows";

export const gridSection: Section = {
  name: "grid",
  title: "Rows of the data",
  about: `A table of ${ROWS.toLocaleString("en")} rows and ${COLUMNS} columns, scrolled for ${SCROLL_MS / 1000} s in headless Chromium, which draws in software and so takes cores itself; by the wheel (${WHEEL_PIXELS} pixels at a time), then by the scroll bar through the whole table. Milliseconds from one frame to the next.`,
  measure: async (options) => {
    using home = temporaryHome();
    options.say("grid: making and importing the table");
    await makeProject(home.path);
    const browser = await openChromium();
    try {
      await using app = await startLoopback(home.path);
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
      await page.goto(app.url);
      await page
        .getByRole("button", { name: new RegExp(PROJECT) })
        .first()
        .click();
      await page.getByRole("button", { name: "Data", exact: true }).click();
      await page.getByRole("tab", { name: /^Rows/ }).click();
      await page.locator(".preview tbody tr td").first().waitFor();
      const still = await rounds(options, "standing still", () => frames(page, async () => page.waitForTimeout(SCROLL_MS)));
      const wheel = await rounds(options, "by the wheel", () => frames(page, () => turnWheel(page)), "under 16.7 ms");
      const bar = await rounds(options, "by the scroll bar", () => frames(page, () => dragBar(page)), "under 16.7 ms");
      return { measurements: [...still, ...wheel, ...bar], missing: [] };
    } finally {
      await browser.close();
    }
  },
};

/** In the library before the app is started. */
async function makeProject(home: string): Promise<void> {
  const path = join(home, "million.csv");
  const file = createWriteStream(path);
  file.write(`${Array.from({ length: COLUMNS }, (_, column) => `c${column}`).join(",")}\n`);
  for (let row = 0; row < ROWS; row += 1000) {
    const lines = Array.from({ length: 1000 }, (_, i) =>
      Array.from({ length: COLUMNS }, (_, column) => (((row + i) * (column + 7)) % 9973) / 8).join(","),
    );
    if (!file.write(`${lines.join("\n")}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const { dataset } = await host.datasets.importPath(path, "million.csv");
  const { data: proposed } = await host.handlers["datasets.propose"]({ id: dataset.id, targets: [] });
  // No target: nothing is prepared while the rows are looked at.
  const data = { ...proposed, steps: [], columns: proposed.columns.map((column) => ({ ...column, role: "ignored" as const })) };
  const { design } = await host.handlers["templates.open"]({ name: "xor" });
  await host.handlers["projects.create"]({ design: { ...design, name: PROJECT, data }, dataset_id: dataset.id });
  await host.shutdown({ checkpoint: false });
}

async function rounds(
  { rounds: count, say }: Options,
  state: string,
  act: () => Promise<readonly number[]>,
  goal = "",
): Promise<Measurement[]> {
  const [middle, slow]: [number[], number[]] = [[], []];
  for (let round = 1; round <= count; round++) {
    say(`grid: ${state}, round ${round} of ${count}`);
    const times = await act();
    middle.push(percentile(times, 0.5));
    slow.push(percentile(times, 0.95));
  }
  return [measured(`frame, ${state}, median`, "ms", middle, goal), measured(`frame, ${state}, 95 of 100 are faster`, "ms", slow)];
}

/** Milliseconds between frames while something is done. */
async function frames(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const stamps: number[] = [];
    const note = (stamp: number): void => {
      stamps.push(stamp);
      if (Reflect.get(window, "frameStamps") === stamps) requestAnimationFrame(note);
    };
    Reflect.set(window, "frameStamps", stamps);
    requestAnimationFrame(note);
  });
  await act();
  const stamps = await page.evaluate(() => {
    const found = Reflect.get(window, "frameStamps") as number[];
    Reflect.set(window, "frameStamps", null);
    return found;
  });
  return stamps.slice(1).map((stamp, i) => stamp - (stamps[i] ?? stamp));
}

async function turnWheel(page: Page): Promise<void> {
  const before = await place(page);
  await page.locator(".preview").hover();
  for (const start = performance.now(); performance.now() - start < SCROLL_MS; ) await page.mouse.wheel(0, WHEEL_PIXELS);
  if ((await place(page)) === before) throw new Error("the rows did not move");
}

/** From one end to the other, a step a frame, as a dragged scroll bar does; the page does it itself, so that each frame has one. */
async function dragBar(page: Page): Promise<void> {
  await page.locator(".preview").evaluate(
    (grid, milliseconds) =>
      new Promise<void>((resolve) => {
        const start = performance.now();
        const step = (): void => {
          const share = (performance.now() - start) / milliseconds;
          grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight);
          if (share < 1) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      }),
    SCROLL_MS,
  );
  await page
    .locator(".preview tbody")
    .getByText((ROWS - 1).toLocaleString("en"), { exact: true })
    .first()
    .waitFor();
}

const place = (page: Page): Promise<number> => page.locator(".preview").evaluate((grid) => grid.scrollTop);
