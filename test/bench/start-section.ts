/** From `node out/main/loopback.js` to an address, and to a window in which one can click. */
import { openChromium, startLoopback, temporaryHome } from "./loopback-app.ts";
import { measured, type Section } from "./measurement.ts";

export const startSection: Section = {
  name: "start",
  title: "Start",
  about:
    "The built loopback app with a new home: until it prints its address, and until the button “New project” can be pressed in headless Chromium, which is running already.",
  measure: async ({ rounds, say }) => {
    const [addresses, windows]: [number[], number[]] = [[], []];
    const browser = await openChromium();
    try {
      for (let round = 1; round <= rounds; round++) {
        say(`start: round ${round} of ${rounds}`);
        using home = temporaryHome();
        const start = performance.now();
        await using app = await startLoopback(home.path);
        addresses.push(performance.now() - start);
        const context = await browser.newContext({ locale: "en-GB" });
        const page = await context.newPage();
        await page.goto(app.url);
        await page.getByRole("button", { name: /New project/ }).click({ trial: true });
        windows.push(performance.now() - start);
        await context.close();
      }
    } finally {
      await browser.close();
    }
    return {
      measurements: [measured("until the address", "ms", addresses), measured("until a usable window", "ms", windows)],
      missing: [],
    };
  },
};
