/**
 * End-to-end tests: the real app in Chromium, driven by mouse and keys. Which Chromium is test/chromium.ts's affair; the app
 * is built before (npm test does it). Run by hand no test is tried twice; `npm test` tries once more and names aloud what needed it.
 */
import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGUMENTS, findChromium } from "./test/chromium.ts";

const executablePath = findChromium();
const everything = process.env["NEUROLOOM_SCREENS"] === "all";
const PICTURES = /(screenshots|figures)\.spec\.ts/;
/** Marks what an entry has a hand in: files saved, quitting, killed processes. */
const OF_ENTRIES = /@window/;
const reportFile = process.env["NEUROLOOM_TEST_REPORT"];

export default defineConfig<{ entry: "loopback" | "electron" }>({
  testDir: "test/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: 45_000 },
  reporter: reportFile === undefined ? [["list"]] : [["list"], ["json", { outputFile: reportFile }]],
  // The same specs in the browser and in a window; pictures and figures need one entry only, and at the gate the window runs
  // what an entry has a hand in, tests marked @window (NEUROLOOM_SCREENS=all runs every spec in both).
  projects: [
    { name: "browser", use: { entry: "loopback" } },
    { name: "window", use: { entry: "electron" }, testIgnore: PICTURES, ...(everything ? {} : { grep: OF_ENTRIES }) },
  ],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 45_000,
    navigationTimeout: 60_000,
    // What fails at the gate is tried again there, and traced then: tracing everything takes time that the gate needs.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    launchOptions: { args: [...CHROMIUM_ARGUMENTS], ...(executablePath === null ? {} : { executablePath }) },
  },
});
