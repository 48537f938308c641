/**
 * The run table of ten thousand runs in the loopback app: opened, sorted, filtered and scrolled as a person does it. Times are those of
 * the page's own clock, until what was asked for is painted.
 */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openStore } from "../../main/store/sqlite/open.ts";
import { countedSources, sampleRun } from "../../main/store/testing/store-fixture.ts";
import { largeDesign, makeProject } from "./large-design.ts";
import { inFreshApp, openChromium, temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, type Options, percentile, type Section } from "./measurement.ts";
import { framesDuring, untilPainted } from "./page-times.ts";
import { METRICS, RUNS, valLoss } from "./runs-section.ts";

const PROJECT = "Ten thousand runs";
const SCROLL_MS = 2000;
const WHEEL_PIXELS = 120;
const FIRST_ROW = ".run-table tbody tr:has(th[scope=row]) th[scope=row]";

export const runScreenSection: Section = {
  name: "run-screen",
  title: "Run table, drawn",
  about: `The same ${RUNS.toLocaleString("en")} runs in one project, in headless Chromium, which draws in software. Opening is from the click on Runs until its first rows are painted, and until all are there; sorting is from the click and filtering from the key until other rows are painted; scrolling is by the wheel for ${SCROLL_MS / 1000} s, milliseconds from one frame to the next.`,
  measure: async (options) => {
    const found = new Map<Name, number[]>();
    const browser = await openChromium();
    try {
      using home = temporaryHome();
      options.say("run-screen: making the library");
      await makeProject(home.path, largeDesign({ name: PROJECT, nodes: 12, shortcuts: 0, columns: 6 }));
      await fill(home.path);
      for (let round = 1; round <= options.rounds; round++) {
        options.say(`run-screen: round ${round} of ${options.rounds}`);
        const results = await inFreshApp(browser, home.path, (page) => measureRound(page, options));
        for (const [name, value] of results) found.set(name, [...(found.get(name) ?? []), value]);
      }
    } finally {
      await browser.close();
    }
    return { measurements: FIGURES.map(([name, goal]): Measurement => measured(name, "ms", found.get(name) ?? [], goal)), missing: [] };
  },
};

const FIGURES = [
  ["opened, its first rows painted", "under 300 ms"],
  ["all of them there", ""],
  ["sorted by another column", ""],
  ["filtered", ""],
  ["frame while scrolling, 95 of 100 are faster", "under 33 ms"],
] as const;
type Name = (typeof FIGURES)[number][0];

async function fill(home: string): Promise<void> {
  const store = await openStore({ path: join(home, "library.sqlite"), ...countedSources("bench") });
  try {
    const [project] = store.listProjects();
    if (project === undefined) throw new Error("the project is missing");
    for (let number = 0; number < RUNS; number += 1)
      store.updateRun(store.createRun(sampleRun(project.id)).id, {
        status: "done",
        metrics: { ...METRICS, val_loss: valLoss(number) },
      });
  } finally {
    store.close();
  }
}

async function measureRound(page: Page, { say }: Options): Promise<readonly (readonly [Name, number])[]> {
  const results: (readonly [Name, number])[] = [];
  const note = (name: Name, value: number): void => {
    say(`  ${name}: ${value.toFixed(1)} ms`);
    results.push([name, value]);
  };
  await page
    .getByRole("button", { name: new RegExp(PROJECT) })
    .first()
    .click();
  const runs = page.getByRole("button", { name: /^Runs · / });
  await runs.waitFor();
  // The code of a screen is fetched while the window is idle.
  await page.waitForTimeout(3000);
  note("opened, its first rows painted", await untilRows(page, () => runs.click(), 0));
  await page.getByRole("button", { name: "Design", exact: true }).click();
  note("all of them there", await untilRows(page, () => runs.click(), RUNS));

  note("sorted by another column", await untilRows(page, () => page.getByRole("button", { name: /^Loss, validation/ }).click()));
  const list = page.locator(".run-table-scroll");
  await list.hover();
  const frames = await framesDuring(page, async () => {
    const end = Date.now() + SCROLL_MS;
    while (Date.now() < end) await page.mouse.wheel(0, WHEEL_PIXELS);
  });
  note("frame while scrolling, 95 of 100 are faster", percentile(frames, 0.95));
  await page.getByPlaceholder(/Filter by name/).focus();
  note("filtered", await untilPainted(page, ".run-table", () => page.keyboard.type("9")));
  return results;
}

/** From the click until another first row than before is painted, in a table of at least so many rows. */
async function untilRows(page: Page, click: () => Promise<unknown>, atLeast = 0): Promise<number> {
  await page.evaluate(
    ([selector, count]) => {
      const first = (): string => document.querySelector(selector)?.textContent ?? "";
      const counted = (): number => Number(document.querySelector(".run-table")?.getAttribute("aria-rowcount") ?? 0) - 1;
      const before = first();
      const taken = new Promise<number>((resolve) => {
        const onClick = ({ timeStamp }: MouseEvent): void => {
          const look = (): void => {
            if (first() === "" || first() === before || counted() < count) requestAnimationFrame(look);
            // A task after the frame's own callbacks comes when the frame was drawn.
            else setTimeout(() => resolve(performance.now() - timeStamp));
          };
          requestAnimationFrame(look);
        };
        window.addEventListener("click", onClick, { capture: true, once: true });
      });
      Reflect.set(window, "untilRows", taken);
    },
    [FIRST_ROW, atLeast] as const,
  );
  await click();
  return page.evaluate(() => Reflect.get(window, "untilRows") as Promise<number>);
}
