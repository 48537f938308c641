/**
 * A day of editing in the real page: layers are added, joined, named, changed, moved, copied, bypassed, grouped, deleted, looked at
 * and undone, by key and mouse as a person would. What the page keeps of it is told by its heap after garbage collection.
 */
import type { CDPSession, Page } from "playwright-core";
import { Random } from "../../core/data/random.ts";
import { largeDesign, makeProject } from "../bench/large-design.ts";
import { openChromium, startLoopback, temporaryHome } from "../bench/loopback-app.ts";
import type { Figure, Soak, SoakOptions } from "./soak.ts";
import { atMost, told } from "./soak.ts";

/** An act every six seconds for five hours. */
const ACTS = 3000;
/** Before the first figure: what is loaded and compiled once, and a history that is full. */
const FIRST = 0.2;
const PROJECT = "A day of editing";
const LAYERS = 40;
const SEED = 5;
const MOST_MEGABYTES = 30;

export const editingDay: Soak = {
  name: "editing-day",
  title: "A day of editing",
  about: `A design of ${LAYERS} layers in the loopback app in headless Chromium. ${ACTS.toLocaleString("en")} acts, one for every six seconds of five hours, are done by key and mouse without the pauses between them: adding, joining, typing options and names, dragging, copying, bypassing, grouping, deleting, undoing, redoing, finding, zooming, changing the theme. Growth is from the heap after the first fifth of them to that at the end, both after garbage collection.`,
  run,
};

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  using home = temporaryHome();
  await makeProject(home.path, largeDesign({ name: PROJECT, nodes: LAYERS, shortcuts: 4, columns: 8 }));
  const browser = await openChromium();
  try {
    await using app = await startLoopback(home.path);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    await page.goto(app.url);
    await page
      .getByRole("button", { name: new RegExp(PROJECT) })
      .first()
      .click();
    await page
      .locator(".react-flow__node")
      .nth(LAYERS - 1)
      .waitFor();
    const session = await page.context().newCDPSession(page);
    const random = new Random(SEED);
    const acts = Math.max(20, Math.round(ACTS * share));
    const first = Math.round(acts * FIRST);
    const done = new Map<string, number>();
    let before = Number.NaN;
    for (let act = 0; act < acts; act++) {
      if (act === first) before = await heap(session);
      const [name, perform] = ACTS_OF_A_PERSON[random.below(ACTS_OF_A_PERSON.length)] as Act;
      await perform(page, random);
      done.set(name, (done.get(name) ?? 0) + 1);
      // What a person sees after each: nothing may be left open for the next.
      await page.keyboard.press("Escape");
      if ((await layers(page)) > 3 * LAYERS) await tidy(page);
      if (act % 250 === 249) say(`${act + 1} acts, ${(await heap(session)).toFixed(1)} MB`);
    }
    const after = await heap(session);
    return [
      atMost("growth of the heap", after - before, MOST_MEGABYTES, "MB"),
      told("heap at the end", `${after.toFixed(1)} MB`),
      { what: "errors of the page", value: complaints[0] ?? "none", goal: "none", met: complaints.length === 0 },
      told("acts", [...done].map(([name, count]) => `${name} ${count}`).join(", ")),
      told("layers in view at the end", String(await layers(page))),
    ];
  } finally {
    await browser.close();
  }
}

/** Megabytes in use after garbage collection. */
async function heap(session: CDPSession): Promise<number> {
  // Twice: what the first gives free may hold something itself.
  for (let times = 0; times < 2; times++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 2 ** 20;
}

type Act = readonly [string, (page: Page, random: Random) => Promise<void>];

const layers = (page: Page): Promise<number> => page.locator(".react-flow__node").count();

/** Chooses a layer whose middle is on the canvas (what lies at its edge is under buttons of the app); says where it was clicked. */
async function choose(page: Page, random: Random): Promise<{ readonly x: number; readonly y: number }> {
  const pane = await page.locator(".react-flow__pane").boundingBox();
  if (pane === null) throw new Error("there is no canvas");
  if ((await layers(page)) === 0) await showAll(page);
  const places = await page.locator(".react-flow__node").evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + Math.min(height / 2, 30) };
    }),
  );
  const inside = places.filter(
    ({ x, y }) => x > pane.x + 5 && x < pane.x + pane.width - 5 && y > pane.y + 5 && y < pane.y + pane.height - 60,
  );
  const at = inside[random.below(Math.max(1, inside.length))] ?? { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 };
  await page.mouse.click(at.x, at.y);
  return at;
}

/** Nothing is in view: it was moved away, or deleted. */
async function showAll(page: Page): Promise<void> {
  const fit = page.getByRole("button", { name: /^Fit/ });
  await fit.click();
  if ((await layers(page)) === 0) await tidy(page);
  await fit.click();
}

/** Writes into the field that a key has opened. Where none opened (nothing was chosen) letters would be keys of the canvas. */
async function write(page: Page, text: string): Promise<void> {
  const opened = await page
    .waitForFunction(() => document.activeElement instanceof HTMLInputElement, undefined, { timeout: 2000 })
    .then(() => true)
    .catch(() => false);
  if (!opened) return;
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

const keys =
  (...pressed: readonly string[]): Act[1] =>
  async (page, random) => {
    await choose(page, random);
    for (const key of pressed) await page.keyboard.press(key);
  };

/** As often as they stand here. */
const ACTS_OF_A_PERSON: readonly Act[] = [
  [
    "add",
    async (page, random) => {
      await choose(page, random);
      await page.keyboard.press("Control+k");
      await write(page, ["dense", "dropout", "batch", "layer n", "activation"][random.below(5)] ?? "dense");
    },
  ],
  [
    "drag",
    async (page, random) => {
      const { x, y } = await choose(page, random);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + random.below(80) - 40, y + random.below(80) - 40, { steps: 8 });
      await page.mouse.up();
    },
  ],
  [
    "type an option",
    async (page, random) => {
      await choose(page, random);
      const field = page.getByRole("complementary", { name: /inspector|details/i }).getByLabel("Units", { exact: true });
      if (!(await field.isVisible())) return;
      await field.fill(String(1 + random.below(64)));
      await field.press("Enter");
    },
  ],
  [
    "name",
    async (page, random) => {
      await choose(page, random);
      await page.keyboard.press("F2");
      await write(page, `named_${random.below(1000)}`);
    },
  ],
  ["move by keys", keys("ArrowRight", "ArrowDown", "ArrowLeft")],
  ["duplicate", keys("Control+d")],
  ["copy and paste", keys("Control+c", "Control+v")],
  ["bypass", keys("Control+b")],
  ["group and ungroup", keys("Control+g", "Alt+c", "Alt+c", "Control+g")],
  ["delete", keys("Delete")],
  ["undo", keys("Control+z", "Control+z", "Control+z")],
  ["undo and redo", keys("Control+z", "Control+z", "Control+y", "Control+y")],
  [
    "find",
    async (page, random) => {
      await page.keyboard.press("Control+f");
      await write(page, `layer_${random.below(LAYERS)}`);
    },
  ],
  [
    "zoom",
    async (page, random) => {
      await page.mouse.move(600, 400);
      await page.mouse.wheel(0, random.below(2) === 0 ? -200 : 200);
    },
  ],
  ["fit", keys("Escape", ".")],
];

/** Takes everything back that can be: a design that has grown as large as nobody's does in a day. */
async function tidy(page: Page): Promise<void> {
  for (let times = 0; times < 60; times++) await page.keyboard.press("Control+z");
}
