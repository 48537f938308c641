/** neuroloom export --format pytorch|keras: a design, or the network of a trained model, as a Python script. */
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CodeTool, codeOfDesign, codeOfModel } from "../../core/export/code/script.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { EXIT, type Output } from "./output.ts";
import { readModelFile, readText } from "./read-files.ts";

/** @param source a design, a model file, or a folder made with --out */
export function exportCode(source: string, o: { readonly out: string; readonly tool: CodeTool }, output: Output): number {
  const path = existsSync(source) && statSync(source).isDirectory() ? join(source, "model.json") : source;
  const isModel = readText(path).slice(0, 4096).includes('"neuroloom-model"');
  const text = isModel ? codeOfModel(readModelFile(path), o.tool) : codeOfDesign(readDesign(readText(path)), o.tool);
  writeFileSync(o.out, text);
  const lines = text.split("\n").length - 1;
  output.result({ event: "done", out: o.out, lines }, `${o.out}: ${lines} lines`);
  return EXIT.ok;
}
