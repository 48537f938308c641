/**
 * Writes the JSON Schemas of the files people exchange, docs/schemas/model.schema.json and design.schema.json, from the
 * schemas that the code validates with. `--check` writes nothing and fails when one is out of date.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { modelFileSchema } from "../../core/export/json/format.ts";
import { designSchema } from "../../core/graph/document.ts";

const folder = join(import.meta.dirname, "../../docs/schemas");
const schemas = {
  "model.schema.json": { title: "Neuroloom model", schema: modelFileSchema },
  "design.schema.json": { title: "Neuroloom design", schema: designSchema },
};
const check = process.argv.includes("--check");
mkdirSync(folder, { recursive: true });
for (const [name, { title, schema }] of Object.entries(schemas)) {
  const text = `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: "input" }) }, null, 2)}\n`;
  const path = join(folder, name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (check) {
    console.error(`docs/schemas/${name} does not match the code: run npm run schemas`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}
