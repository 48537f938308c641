/**
 * `npm run exports -- PYTHON`: writes the scripts of templates and of every layer's examples, runs each with PyTorch and with Keras, and
 * keeps those whose predictions are ours: the templates' whole, of the others a hash. The tests compare with what is kept, without Python.
 * `--only TEXT` proves what has it in its name and keeps nothing.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { layerCases, maskCases, templateCase, templateNames } from "./cases.ts";
import type { ExportCase } from "./graph-case.ts";
import { KNOWN_DIFFERENCES, type ProvedFile, provedPath, scriptPath, TOLERANCE, TOOLS, type Tool, written } from "./proved.ts";
import { sharedCases, trainedCases } from "./shared-cases.ts";

const { values, positionals } = parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
const python = positionals[0] ?? process.env["NEUROLOOM_PYTHON"];
if (python === undefined) throw new Error("npm run exports -- /path/to/python, one with torch, keras and numpy");

const folder = mkdtempSync(join(tmpdir(), "neuroloom-exports-"));
const small = [...layerCases(), ...maskCases(), ...sharedCases(), ...trainedCases()].filter(
  ({ name }) => values.only === undefined || name.includes(values.only),
);
const whole = await Promise.all(
  templateNames()
    .filter((name) => values.only === undefined || name.includes(values.only))
    .map(templateCase),
);
let failed = 0;
for (const tool of TOOLS) await proveAll(tool);
rmSync(folder, { recursive: true, force: true });
if (failed > 0) process.exitCode = 1;

async function proveAll(tool: Tool): Promise<void> {
  const program = spawn(python as string, [fileURLToPath(new URL("prove.py", import.meta.url)), tool], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Record<string, unknown>> => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
  const { library } = await answer();
  const cases: Record<string, ProvedFile["cases"][string]> = {};
  const worst = { name: "", difference: 0 };
  for (const one of [...whole, ...small]) {
    const said = written(tool, one);
    if ("refused" in said) {
      cases[one.name] = said;
      continue;
    }
    const [script, model] = [join(folder, "script.py"), join(folder, "model.json")];
    writeFileSync(script, said.text);
    writeFileSync(model, JSON.stringify(await one.model()));
    program.stdin.write(`${JSON.stringify({ script, model, train: true })}\n`);
    const { difference, error } = await answer();
    const known = KNOWN_DIFFERENCES[tool][one.name];
    if (known !== undefined && error === undefined) {
      cases[one.name] = { hash: said.hash, differs: known };
      continue;
    }
    if (typeof difference !== "number" || !(difference <= TOLERANCE)) {
      failed += 1;
      console.error(`${tool}, ${one.name}: ${error === undefined ? `${String(difference)} away` : String(error)}`);
      continue;
    }
    if (difference > worst.difference) Object.assign(worst, { name: one.name, difference });
    cases[one.name] = { hash: said.hash };
    if (values.only === undefined && isTemplate(one)) writeFileSync(scriptPath(one.name, tool), said.text);
  }
  program.stdin.end();
  const proved = Object.values(cases).filter((one) => "hash" in one).length;
  console.log(
    `${tool}: ${proved} scripts proved, ${Object.keys(cases).length - proved} refused, largest difference ${worst.difference} (${worst.name})`,
  );
  if (values.only === undefined && failed === 0)
    writeFileSync(
      provedPath(tool),
      `${JSON.stringify({ library: String(library), largest_difference: worst.difference, cases }, null, 2)}\n`,
    );
}

function isTemplate(one: ExportCase): boolean {
  return whole.includes(one);
}
