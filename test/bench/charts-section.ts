/**
 * Charts of a run that has a million points behind it and still trains, in the loopback app: what an update costs the page's scripts, how
 * many there are a second, and how many points a line is drawn with. The run is a real one, interrupted after a million steps; a loss of
 * every one of them is put in its curve, and it goes on.
 */
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { CurvePoint } from "../../core/protocol/methods.ts";
import { openHost } from "../../main/host/host.ts";
import { openStore } from "../../main/store/sqlite/open.ts";
import { TRAINER } from "../built.ts";
import { largeDesign } from "./large-design.ts";
import { openChromium, startLoopback, temporaryHome } from "./loopback-app.ts";
import { measured, type Options, type Section } from "./measurement.ts";
import { scriptDuring } from "./page-times.ts";

const POINTS = 1_000_000;
const BATCH = 10_000;
const WATCH_MS = 5_000;
const PROJECT = "A million points";

export const chartsSection: Section = {
  name: "charts",
  title: "Charts",
  about: `A run of ${POINTS.toLocaleString("en")} steps, with the loss of each of them stored, opened in headless Chromium and trained on: milliseconds of script for each time that the lines are drawn anew, all else that the page does meanwhile included, over ${WATCH_MS / 1000} s a round; how often that is a second, and the most points of any line. First with the charts of the metrics, then with those of the course of training and the table of values too.`,
  measure: async (options) => {
    using home = temporaryHome();
    options.say("charts: a run of a million steps");
    await makeRun(home.path);
    const browser = await openChromium();
    try {
      await using app = await startLoopback(home.path);
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
      await page.goto(app.url);
      // The start screen offers runs that were torn away: from there the project opens and the run goes on.
      await page.getByRole("button", { name: new RegExp(`^Resume .*${PROJECT}`) }).click();
      const measurements = await updates(page, options, "metrics");
      await page.getByRole("button", { name: "Training", exact: true }).click();
      await page.getByRole("button", { name: "Values", exact: true }).click();
      await page.locator(".cursor-table").waitFor();
      return { measurements: [...measurements, ...(await updates(page, options, "metrics, course and values"))], missing: [] };
    } finally {
      await browser.close();
    }
  },
};

/** Trained for as many steps as there are to be points, and left as an app leaves it that was closed meanwhile. */
async function makeRun(home: string): Promise<void> {
  const host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const { dataset } = await host.datasets.makeBuiltin("two_moons", {});
  const large = largeDesign({ name: PROJECT, nodes: 4, shortcuts: 0, columns: 4 });
  // A step a row: an epoch's figures are few beside its steps, and the run has far to go.
  const design = { ...large, train: { ...large.train, batch_size: 1, early_stopping: { enabled: false } } };
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  const { run } = await host.handlers["runs.start"]({ project_id: project.id, design, dataset_id: dataset.id });
  await new Promise<void>((resolve) => {
    host.onEvent((event, payload) => {
      if (event === "run.changed" && "run" in payload && payload.run.step > POINTS) resolve();
    });
  });
  await host.shutdown({ checkpoint: true });
  const store = await openStore({ path: join(home, "library.sqlite"), now: Date.now, newId: () => crypto.randomUUID() });
  store.dropPointsAfter(run.id, 0);
  for (let first = 1; first <= POINTS; first += BATCH) store.appendPoints(run.id, pointsFrom(first));
  store.close();
}

/** A loss that falls and is noisy, as those of single steps are. */
function pointsFrom(first: number): CurvePoint[] {
  return Array.from({ length: BATCH }, (_, place) => {
    const step = first + place;
    return { name: "batch_loss", step, epoch: step / 1000, seconds: step / 1e5, value: 1 / (1 + step / 1e5) + ((step * 7919) % 101) / 400 };
  });
}

async function updates(page: Page, { rounds, say }: Options, shown: string) {
  const figures: Record<"script" | "perSecond" | "points", number[]> = { script: [], perSecond: [], points: [] };
  const line = page.locator(".metric-chart path[data-part=batch]").first();
  await line.waitFor({ state: "attached" });
  for (let round = 1; round <= rounds; round++) {
    say(`charts: ${shown}, round ${round} of ${rounds}`);
    await line.evaluate((path) => {
      const found = { count: 0, start: performance.now() };
      new MutationObserver(() => (found.count += 1)).observe(path, { attributes: true, attributeFilter: ["d"] });
      Reflect.set(window, "chartUpdates", found);
    });
    const script = await scriptDuring(page, () => page.waitForTimeout(WATCH_MS));
    const { count, seconds, most } = await page.evaluate(() => {
      const found = Reflect.get(window, "chartUpdates") as { count: number; start: number };
      const points = [...document.querySelectorAll(".metric-chart path[data-part]")].map(
        (path) => (path.getAttribute("d") ?? "").split(/[ML]/).length - 1,
      );
      return { count: found.count, seconds: (performance.now() - found.start) / 1000, most: Math.max(...points) };
    });
    if (count === 0) throw new Error("the charts were not drawn anew");
    figures.script.push(script / count);
    figures.perSecond.push(count / seconds);
    figures.points.push(most);
  }
  return [
    measured(`script an update, ${shown}`, "ms", figures.script, "asked: under 20"),
    measured(`updates a second, ${shown}`, "", figures.perSecond, "asked: 4 to 10"),
    measured(`most points of a line, ${shown}`, "", figures.points, "asked: at most 500"),
  ];
}
