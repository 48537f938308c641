/** Files named on the command line. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { withLinks } from "../host/datasets/graphs/with-links.ts";
import type { Joins } from "../host/datasets/join/request.ts";
import type { PixelsAsked } from "./pixels.ts";

/** What of the file of --data is read, and what belongs to it. */
export type GivenData = Joins & {
  readonly sheet?: string | undefined;
  /** Path of the edges where the table of --data has the nodes of a graph. */
  readonly edges?: string | undefined;
  /** Columns that are the pixels of pictures. */
  readonly pixels?: PixelsAsked | undefined;
};

/** The nodes with their links, as one table; `data` itself where no edges belong to it. */
export async function withEdges<T>(
  data: string,
  edges: string | undefined,
  act: (file: string, links: { readonly id: string; readonly links: string } | null) => Promise<T>,
): Promise<T> {
  if (edges === undefined) return act(data, null);
  return withLinks({ path: data, name: basename(data) }, { path: edges, name: basename(edges) }, {}, (made) => act(made.path, made));
}

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
