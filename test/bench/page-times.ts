/** What a page is measured by: times between its frames, and the time that its scripts take. All clocks are the page's own. */
import type { Page } from "playwright-core";

/** Milliseconds between the frames of the page while something is done to it. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
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

/** Milliseconds that the page's scripts ran while something was done to it; what the browser lays out and paints is not in it. */
export async function scriptDuring(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("Performance.enable");
    const script = async (): Promise<number> => {
      const { metrics } = await session.send("Performance.getMetrics");
      return (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? Number.NaN) * 1000;
    };
    const before = await script();
    await act();
    return (await script()) - before;
  } finally {
    await session.detach();
  }
}

/**
 * Milliseconds from a press of a key in the page until a text in it has become another one and is painted. Begin it before the
 * key is pressed.
 */
export async function untilPainted(page: Page, selector: string, press: () => Promise<void>): Promise<number> {
  await page.evaluate((where) => {
    const shown = (): string => document.querySelector(where)?.textContent ?? "";
    const before = shown();
    const taken = new Promise<number>((resolve) => {
      const onKey = (event: KeyboardEvent): void => {
        const look = (): void => {
          if (shown() === before) requestAnimationFrame(look);
          // A task after the frame's own callbacks comes when the frame was drawn.
          else setTimeout(() => resolve(performance.now() - event.timeStamp));
        };
        requestAnimationFrame(look);
      };
      window.addEventListener("keydown", onKey, { capture: true, once: true });
    });
    Reflect.set(window, "untilPainted", taken);
  }, selector);
  await press();
  return page.evaluate(() => Reflect.get(window, "untilPainted") as Promise<number>);
}

/** The canvas's view once it has stood still for some frames, however long these take: gliding takes several. */
export function viewAtRest(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        let [last, still] = ["", 0];
        const look = (): void => {
          const now = document.querySelector(".react-flow__viewport")?.getAttribute("style") ?? "";
          still = now === last ? still + 1 : 0;
          last = now;
          if (still < 20) requestAnimationFrame(look);
          else resolve(now);
        };
        look();
      }),
  );
}
