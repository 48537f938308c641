/**
 * `npm test`: every suite there is, one after the other; the last line counts them all. The browser and the build come before the
 * suites that use them (the app's page, the electron double).
 */
import { browser } from "./run/browser.ts";
import { build } from "./run/build.ts";
import { checks } from "./run/checks.ts";
import { runAndClose } from "./run/close.ts";
import { endToEnd } from "./run/end-to-end.ts";
import { folderSuites, unitTests } from "./run/vitest-suites.ts";

await runAndClose([browser, ...checks, build, unitTests, ...folderSuites(), endToEnd]);
