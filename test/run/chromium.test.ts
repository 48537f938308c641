/**
 * Which Chromium is taken: the one that CHROMIUM_PATH names, or an error that says it is not there, never another one.
 */
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
