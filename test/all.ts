/**
 * `npm test`: every suite there is, two at a time where there are the cores; the last line counts them all. The browser and the build come before the
 * suites that use them (the app's page, the electron double).
 */
import { join } from "node:path";
import { browser } from "./run/browser.ts";
import { build } from "./run/build.ts";
import { checks } from "./run/checks.ts";
import { runAndClose } from "./run/close.ts";
import { REPOSITORY } from "./run/command.ts";
import { endToEnd } from "./run/end-to-end.ts";
import { folderSuites, unitTests } from "./run/vitest-suites.ts";

// What Node makes of the source is kept for the many processes and threads that the tests start.
process.env["NODE_COMPILE_CACHE"] ??= join(REPOSITORY, "node_modules/.cache/neuroloom");

await runAndClose([browser, build, ...checks, ...unitTests, ...folderSuites(), endToEnd]);
