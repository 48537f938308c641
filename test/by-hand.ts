/**
 * `npm run by-hand`: every real data set from its file to a trained network by mouse and keys (test/e2e/real-data.spec.ts), the longer
 * ones too, which the gate has no time for. Needs ../shared/data. Exits with 1 when one fails.
 */
import { ensureChromium } from "./chromium.ts";
import { runTool } from "./run/command.ts";

const print = (text: string): boolean => process.stdout.write(`${text}\n`);
const chromium = ensureChromium(print);
const built = await runTool("electron-vite", "electron-vite", ["build"]);
if (built.status !== 0) {
  print(built.output);
  process.exit(1);
}
const { status, output } = await runTool(
  "@playwright/test",
  "playwright",
  ["test", "--project=browser", "--workers=1", "real-data", "hotel"],
  {
    environment: { NEUROLOOM_BY_HAND: "all", CHROMIUM_PATH: chromium },
  },
);
print(output);
process.exitCode = status === 0 ? 0 : 1;
