/**
 * `npm run check`: what to run before every commit. Types, lint and format, import rules, unused code, generated
 * files, architecture tests and unit tests. `npm test` runs this and everything else.
 */
import { checks } from "./run/checks.ts";
import { runAndClose } from "./run/close.ts";
import { folderSuites, unitTests } from "./run/vitest-suites.ts";

await runAndClose([...checks, ...folderSuites().filter(({ name }) => name === "architecture"), ...unitTests]);
