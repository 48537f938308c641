/** Files named on the command line. */
import { readFileSync } from "node:fs";
import { AppError } from "../../core/errors.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import type { Joins } from "../host/datasets/join/request.ts";

/** What of the file of --data is read, and what belongs to it. */
export type GivenData = Joins & { readonly sheet?: string | undefined };

/** @throws AppError cli.file_unreadable */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new AppError("cli.file_unreadable", { file, problem: (cause as { code?: string }).code ?? String(cause) }, { cause });
  }
}

export const readDesignFile = (file: string): DesignDocument => readDesign(readText(file));
export const readModelFile = (file: string): ModelFile => readModel(readText(file));
