/**
 * Charts that keep up: at every drawing the lines reach as far as what the page has been told by then, however fast the run is and
 * however slow the machine; what is told comes at most ten times a second. The rates are printed: they are this machine's.
 */
import type { Page } from "@playwright/test";
import { expect, openTemplate, test } from "./app.ts";
import { drawnPoints } from "./curve-points.ts";

const UPDATES = 40;
/** What the host promises at most; one more for where a second begins. */
const MOST_A_SECOND = 10;

interface Told {
  /** Of every update: the last step it told of, at how many seconds of the run, and when it came, in seconds. */
  readonly updates: readonly { readonly seconds: number; readonly at: number; readonly step: number }[];
  /** Of every drawing: the last step that had been told, and how far the lines reach. */
  readonly drawings: readonly { readonly step: number; readonly drawn: number }[];
}

/** Runs in the page before it is loaded: listens beside the app, changes nothing. */
function listen(plot: { readonly left: number; readonly right: number }): void {
  const told = { updates: [] as { seconds: number; at: number; step: number }[], drawings: [] as Told["drawings"][number][] };
  Reflect.set(window, "told", told);
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        if (typeof data !== "string" || !data.includes("run.points")) return;
        const most = (field: RegExp): number => Math.max(...[...data.matchAll(field)].map(([, value]) => Number(value)));
        told.updates.push({ seconds: most(/"seconds":([\d.]+)/g), at: performance.now() / 1000, step: most(/"step":(\d+)/g) });
      });
    }
  };
  const note = (): void => {
    const figure = document.querySelector(".metric-chart");
    const svg = figure?.querySelector("svg.plot-lines");
    const high = Number(figure?.querySelector("[role=slider]")?.getAttribute("aria-valuemax"));
    const width = Number(svg?.getAttribute("width")) - plot.right - plot.left;
    const ends = [...(svg?.querySelectorAll("g > path") ?? [])].map((path) =>
      Math.max(0, ...[...(path.getAttribute("d") ?? "").matchAll(/[ML](-?[\d.]+)/g)].map(([, x]) => Number(x) - plot.left)),
    );
    if (ends.length === 0) return;
    const drawn = (Math.max(...ends) / width) * high;
    told.drawings.push({ step: told.updates.at(-1)?.step ?? 0, drawn });
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      const lines = changes.some(
        ({ target, type }) =>
          target instanceof Element && target.closest(".metric-chart:first-child svg.plot-lines") !== null && type !== "characterData",
      );
      if (lines) note();
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["d"] });
  });
}

const toldTo = (page: Page): Promise<Told> => page.evaluate(() => Reflect.get(window, "told") as Told);

test("what a run tells is drawn at once, at most ten times a second, and nothing waits", async ({ app: { page } }) => {
  const { PLOT } = await import("../../renderer/training/line-look.ts");
  await page.addInitScript(listen, { left: PLOT.axisWidth + PLOT.margin.left, right: PLOT.margin.right });
  await page.reload();
  await openTemplate(page, "Exclusive or");
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill("1000000");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await toldTo(page)).updates.length, { timeout: 90_000 }).toBeGreaterThanOrEqual(UPDATES);
  await page
    .getByRole("button", { name: /^Pause/ })
    .first()
    .click();
  await expect(page.getByRole("contentinfo")).toContainText(/paused/i);
  const { updates, drawings } = await toldTo(page);
  // A page that was held up gets several at once, and the run's own clock stands while it evaluates: the longer of both counts.
  const span = (clock: "seconds" | "at"): number => (updates.at(-1)?.[clock] ?? 0) - (updates[0]?.[clock] ?? 0);
  const seconds = Math.max(span("seconds"), span("at"));
  const [told, drawn] = [(updates.length - 1) / seconds, (drawings.length - 1) / seconds];
  const behind = drawings.map(({ step, drawn }) => step - drawn);
  console.log(
    `charts: ${updates.length} updates and ${drawings.length} drawings in ${seconds.toFixed(1)} s (${told.toFixed(1)} and ${drawn.toFixed(1)} a second), ${updates.at(-1)?.step} steps`,
  );
  expect(told).toBeLessThanOrEqual(MOST_A_SECOND + 1);
  expect(drawings.length).toBeGreaterThan(UPDATES / 10);
  // A drawing per update at most: nothing is drawn that nobody told (a moved panel may draw once more).
  expect(drawings.length).toBeLessThanOrEqual(updates.length + 5);
  // No drawing lags behind: one update is far more steps than a pixel is.
  const high = Math.max(...drawings.map(({ step }) => step));
  expect(Math.max(...behind), "steps that were told and not drawn").toBeLessThan((high * 3) / UPDATES / 4);
  // And when nothing more comes, everything is drawn.
  const last = await drawnPoints(page.locator(".metric-chart").first(), 0);
  expect(Math.abs((updates.at(-1)?.step ?? 0) - (last.at(-1)?.x ?? 0))).toBeLessThan(high / 100);
});
