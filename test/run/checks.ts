/**
 * The checks of `npm run check` that are not tests: types, lint and format, import rules, what nothing uses, and whether
 * generated files are up to date. Each counts as one.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkImports } from "../architecture/import-rules.ts";
import { REPOSITORY, runNode, runTool } from "./command.ts";
import { type Suite, type SuiteResult, single } from "./suite.ts";

export const checks: readonly Suite[] = [
  { name: "types", about: "TypeScript over the whole tree", run: () => tool("typescript", "tsc", ["--noEmit", "-p", "."]) },
  {
    name: "types of core",
    about: "core alone: no DOM, no Node",
    run: () => tool("typescript", "tsc", ["--noEmit", "-p", "core/tsconfig.json"]),
  },
  {
    name: "lint and format",
    about: "Biome",
    run: () => tool("@biomejs/biome", "biome", ["check", "--error-on-warnings", "--max-diagnostics=60", "--colors=off"]),
  },
  { name: "import rules", about: "who may import whom", run: importRules },
  { name: "unused", about: "files, exports and packages that nothing uses (knip)", run: () => tool("knip", "knip", ["--no-progress"]) },
  { name: "registries", about: "generated registries are up to date", run: () => generated("test/registries/generate.ts") },
  { name: "file schemas", about: "generated JSON Schemas are up to date", run: () => generated("test/schemas/generate.ts") },
];

async function tool(packageName: string, command: string, args: readonly string[]): Promise<SuiteResult> {
  const { status, output } = await runTool(packageName, command, args);
  return single(status === 0, output);
}

async function importRules(): Promise<SuiteResult> {
  const { violations, fileCount } = checkImports(REPOSITORY);
  // A walk that finds nothing would pass for ever.
  if (fileCount === 0) return single(false, "No source file was found: the walk over the tree is broken.");
  return single(violations.length === 0, [...violations, `${fileCount} files, ${violations.length} violations`].join("\n"));
}

/** A generator that is asked whether what it once wrote is still what it would write. */
async function generated(generator: string): Promise<SuiteResult> {
  if (!existsSync(join(REPOSITORY, generator)))
    return single(false, `${generator} is missing: nothing says whether what it wrote is up to date.`);
  const { status, output } = await runNode([generator, "--check"]);
  return single(status === 0, output);
}
