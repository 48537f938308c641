/** The one catalogue that the app and the command line read holds what every file of the folder holds. */
import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allErrors } from "../../resources/translations/all-errors.ts";

const FOLDER = join(import.meta.dirname, "../../resources/translations/errors");

test("every error catalogue is in allErrors", async () => {
  const files = globSync("*.ts", { cwd: FOLDER }).filter((file) => !file.endsWith(".test.ts"));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const exported: Record<string, Record<string, unknown>> = await import(join(FOLDER, file));
    for (const catalogue of Object.values(exported))
      for (const code of Object.keys(catalogue)) expect(allErrors, `${file}: ${code}`).toHaveProperty([code]);
  }
});
