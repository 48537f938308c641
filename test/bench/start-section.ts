/** From `npm start` to an address, and to a window in which one can click. */
import type { Browser } from "playwright-core";
import { openChromium, startByNpm, temporaryHome } from "./loopback-app.ts";
import { measured, type Section } from "./measurement.ts";

export const startSection: Section = {
  name: "start",
  title: "Start",
  about:
    "`npm start -- --browser --no-open` in a built tree with a new home, npm and all: until it prints its address, and until the button “New project” can be pressed in headless Chromium; in one that is running already, and in one that is started when the address is there.",
  measure: async ({ rounds, say }) => {
    const [addresses, windows, withBrowser]: [number[], number[], number[]] = [[], [], []];
    for (let round = 1; round <= rounds; round++) {
      say(`start: round ${round} of ${rounds}`);
      const browser = await openChromium();
      try {
        const { address, window } = await start(() => Promise.resolve(browser));
        addresses.push(address);
        windows.push(window);
      } finally {
        await browser.close();
      }
      const own: Browser[] = [];
      try {
        const begun = await start(async () => {
          const opened = await openChromium();
          own.push(opened);
          return opened;
        });
        withBrowser.push(begun.window);
      } finally {
        for (const opened of own) await opened.close();
      }
    }
    return {
      measurements: [
        measured("until the address", "ms", addresses),
        measured("until a usable window", "ms", windows, "under 2,000 ms"),
        measured("until a usable window, with the start of Chromium", "ms", withBrowser, "under 2,000 ms"),
      ],
      missing: [],
    };
  },
};

/** Milliseconds from the start. */
async function start(browserOf: () => Promise<Browser>): Promise<{ readonly address: number; readonly window: number }> {
  using home = temporaryHome();
  const begun = performance.now();
  await using app = await startByNpm(home.path);
  const address = performance.now() - begun;
  const browser = await browserOf();
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(app.url);
  await page.getByRole("button", { name: /New project/ }).click({ trial: true });
  const window = performance.now() - begun;
  await context.close();
  return { address, window };
}
