/**
 * Panning a design of 200 nodes by mouse in the loopback app, idle and while it trains with one thread less than there are
 * cores. Times between frames come from requestAnimationFrame in the page itself.
 */
import type { Page } from "playwright-core";
import { largeDesign, makeProject } from "./large-design.ts";
import { openChromium, startLoopback, temporaryHome } from "./loopback-app.ts";
import { measured, type Options, percentile, type Section } from "./measurement.ts";
import { framesDuring } from "./page-times.ts";

const NODES = 200;
const COLUMNS = 20;
const PAN_MS = 3000;
const PROJECT = "Two hundred nodes";

export const canvasSection: Section = {
  name: "canvas",
  title: "Canvas",
  about: `A design of ${NODES} nodes, all in view, panned by mouse for ${PAN_MS / 1000} s in headless Chromium, which draws in software and so takes cores itself; first idle, then while the design trains with one thread less than there are cores. Milliseconds from one frame to the next.`,
  measure: async (options) => {
    using home = temporaryHome();
    await makeProject(home.path, largeDesign({ name: PROJECT, nodes: NODES, shortcuts: 0, columns: COLUMNS }));
    const browser = await openChromium();
    try {
      await using app = await startLoopback(home.path);
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
      await page.goto(app.url);
      await page
        .getByRole("button", { name: new RegExp(PROJECT) })
        .first()
        .click();
      await page
        .locator(".react-flow__node")
        .nth(NODES - 1)
        .waitFor();
      const idle = await panRounds(page, options, "idle");
      await page
        .getByRole("button", { name: /^Train/ })
        .first()
        .click();
      // Can be pressed from the first step on, and as long as the run goes.
      const pause = page.getByRole("button", { name: /^Pause/ });
      await pause.click({ trial: true });
      const training = await panRounds(page, options, "training");
      await pause.click({ trial: true });
      return { measurements: [...idle, ...training], missing: [] };
    } finally {
      await browser.close();
    }
  },
};

async function panRounds(page: Page, { rounds, say }: Options, state: string) {
  const [middle, slow]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    say(`canvas: ${state}, round ${round} of ${rounds}`);
    const times = await pan(page);
    middle.push(percentile(times, 0.5));
    slow.push(percentile(times, 0.95));
  }
  return [
    measured(`frame while panning, ${state}, median`, "ms", middle),
    measured(`frame while panning, ${state}, 95 of 100 are faster`, "ms", slow, state === "training" ? "under 33 ms" : ""),
  ];
}

/** Drags the canvas about with the middle button, beginning with all nodes in view; milliseconds between frames. @throws Error when it did not move */
async function pan(page: Page): Promise<number[]> {
  await page.getByRole("button", { name: /^Fit/ }).click();
  const viewport = page.locator(".react-flow__viewport");
  // The fit glides for a moment; a drag that begins meanwhile would be part of it.
  await page.waitForTimeout(500);
  const before = await viewport.getAttribute("style");
  const box = await page.locator(".react-flow__pane").boundingBox();
  if (box === null) throw new Error("there is no canvas to pan");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down({ button: "middle" });
  const times = await framesDuring(page, async () => {
    const start = performance.now();
    for (let angle = 0.05; performance.now() - start < PAN_MS; angle += 0.05)
      await page.mouse.move(x + 200 * Math.sin(angle), y + 100 * Math.sin(2 * angle));
  });
  const during = await viewport.getAttribute("style");
  await page.mouse.up({ button: "middle" });
  if (during === before) throw new Error("the canvas did not move");
  return times;
}
