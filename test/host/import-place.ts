/** What tests of imports share: a folder of their own, a file written and imported, and an error or warning whose text is checked. */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { AppError } from "../../core/errors.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import type { ImportedTable, ImportRequest } from "../../main/host/datasets/import-request.ts";
import { allErrors } from "../../resources/translations/all-errors.ts";
import { fill } from "../../resources/translations/translate.ts";

export interface ImportPlace {
  home: string;
  /** Where data sets are kept. */
  folder: string;
  importContent(content: string | Uint8Array, more?: Partial<ImportRequest>): Promise<ImportedTable>;
  /** Code and parameters of the error; nothing may be left in the folder. */
  refusal(act: () => Promise<unknown>): Promise<string>;
}

/** A fresh place for each test of the file that calls this. */
export function importPlaceForEachTest(): ImportPlace {
  const place: ImportPlace = {
    home: "",
    folder: "",
    importContent: async (content, more = {}) => {
      const path = join(place.home, "given.csv");
      await writeFile(path, content);
      return importFile({ path, name: "given.csv", folder: place.folder, ...more });
    },
    refusal: async (act) => {
      const error = await act().then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof AppError)) throw error ?? new Error("nothing was refused");
      expectText(error.code, error.params);
      expect(existsSync(place.folder) ? await readdir(place.folder) : [], "nothing is left behind").toEqual([]);
      return `${error.code} ${JSON.stringify(error.params)}`;
    },
  };
  beforeEach(async () => {
    place.home = await mkdtemp(join(tmpdir(), "neuroloom-import-"));
    place.folder = join(place.home, "datasets");
  });
  afterEach(() => rm(place.home, { recursive: true, force: true }));
  return place;
}

/** The text must be there in both languages, with every blank filled in. */
function expectText(code: string, params: Readonly<Record<string, string | number>>): void {
  const texts = allErrors[code];
  expect(texts, code).toBeDefined();
  for (const text of texts ?? []) expect(fill(text, params)).not.toMatch(/\{\w+\}/);
}

/** Codes and parameters of the warnings. */
export function warningsOf({ warnings }: ImportedTable): string[] {
  for (const { code, params } of warnings) expectText(code, params);
  return warnings.map(({ code, params }) => `${code} ${JSON.stringify(params)}`);
}
