/**
 * `npm test`: every suite there is, one after the other; the last line counts them all. The build comes before the suites that
 * use what it makes (the app's page, the electron double).
 */
import { build } from "./run/build.ts";
import { checks } from "./run/checks.ts";
import { runAndClose } from "./run/close.ts";
import { endToEnd } from "./run/end-to-end.ts";
import { folderSuites, unitTests } from "./run/vitest-suites.ts";

await runAndClose([...checks, build, unitTests, ...folderSuites(), endToEnd]);
