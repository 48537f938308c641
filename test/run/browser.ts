/**
 * The browser as a suite of its own, before all that need it: transports, the Electron double and the end-to-end tests only look
 * for a Chromium, this one gets it where there is none.
 */
import { ensureChromium } from "../chromium.ts";
import { type Suite, type SuiteResult, single } from "./suite.ts";

export const browser: Suite = { name: "browser", about: "a Chromium that is there or can be installed", alone: true, run: getBrowser };

async function getBrowser(): Promise<SuiteResult> {
  try {
    const path = ensureChromium((line) => process.stdout.write(`${line}\n`));
    return single(true, `Chromium: ${path}`);
  } catch (error) {
    return single(false, error instanceof Error ? error.message : String(error));
  }
}
