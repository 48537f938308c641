/**
 * Which Chromium is taken: the one that CHROMIUM_PATH names, or an error that says it is not there, never another one. And what
 * it is told.
 */
import { chromium } from "@playwright/test";
import { afterEach, expect, test, vi } from "vitest";
import { CHROMIUM_ARGUMENTS, ensureChromium, findChromium } from "../chromium.ts";

afterEach(() => vi.unstubAllEnvs());

test("takes the file that CHROMIUM_PATH names", () => {
  vi.stubEnv("CHROMIUM_PATH", process.execPath);
  expect(findChromium()).toBe(process.execPath);
  const said: string[] = [];
  expect(ensureChromium((line) => said.push(line))).toBe(process.execPath);
  expect(said).toEqual([]);
});

test("refuses a CHROMIUM_PATH that leads nowhere instead of taking another Chromium", () => {
  vi.stubEnv("CHROMIUM_PATH", `${process.execPath}-missing`);
  expect(() => findChromium()).toThrow("there is no such file");
});

test("keeps the browser off the network", () => {
  expect(CHROMIUM_ARGUMENTS).toEqual(
    expect.arrayContaining(["--disable-background-networking", "--disable-component-update", "--disable-sync"]),
  );
});

test("turns off all that Playwright turns off, whose list ours takes the place of", async () => {
  // Node is no browser: the refusal names the switches that Playwright gives one.
  const refusal = await chromium.launch({ executablePath: process.execPath }).catch(String);
  const features = (text: string): string[] => /--disable-features=(\S+)/.exec(text)?.[1]?.split(",") ?? [];
  const ofPlaywright = features(String(refusal));
  expect(ofPlaywright.length).toBeGreaterThan(0);
  expect(features(CHROMIUM_ARGUMENTS.join(" "))).toEqual(expect.arrayContaining(ofPlaywright));
});

test("lets Chromium start no page of its own behind a window", async () => {
  const browser = await chromium.launch({ executablePath: findChromium() ?? "", args: [...CHROMIUM_ARGUMENTS] });
  try {
    const session = await browser.newBrowserCDPSession();
    const begun: string[] = [];
    session.on("Target.targetCreated", ({ targetInfo }) => begun.push(targetInfo.url));
    session.on("Target.targetInfoChanged", ({ targetInfo }) => begun.push(targetInfo.url));
    await session.send("Target.setDiscoverTargets", { discover: true, filter: [{}] });
    // What the first window would bring later is there, and told of, when the second has loaded.
    for (const title of ["first", "second"]) await (await (await browser.newContext()).newPage()).goto(`data:text/html,<h1>${title}`);
    const { targetInfos } = await session.send("Target.getTargets", { filter: [{}] });
    begun.push(...targetInfos.map(({ url }) => url));
    expect(begun).toContain("data:text/html,<h1>second");
    expect(begun.filter((url) => url.startsWith("chrome:"))).toEqual([]);
  } finally {
    await browser.close();
  }
});
