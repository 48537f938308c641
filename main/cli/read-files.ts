/** Files named on the command line. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { AppError } from "../../core/errors.ts";
import type { ModelFile } from "../../core/export/json/format.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import type { NamedFile } from "../host/datasets/graphs/nodes-and-edges.ts";
import { withLinks } from "../host/datasets/graphs/with-links.ts";
import type { TableOrigin } from "../host/datasets/import-request.ts";
import type { Joins } from "../host/datasets/join/request.ts";
import type { PixelsAsked } from "./pixels.ts";

/** What of the file of --data is read, and what belongs to it. */
export type GivenData = Joins & {
  readonly sheet?: string | undefined;
  /** The edges where the table of --data has the nodes of a graph. */
  readonly edges?: (NamedFile & { readonly sheet?: string }) | undefined;
  /** Columns that are the pixels of pictures. */
  readonly pixels?: PixelsAsked | undefined;
};

/** The file with the rows, and how it is read. */
interface FileOfRows {
  readonly path: string;
  readonly encoding: string | undefined;
  readonly sheet: string | undefined;
  readonly origin: TableOrigin | undefined;
}

/** The nodes with their links, as one table; `data` itself where no edges belong to it. */
export async function withEdges<T>(
  data: string,
  { edges, sheet }: Pick<GivenData, "edges" | "sheet">,
  { encoding, signal }: { readonly encoding: string | undefined; readonly signal?: AbortSignal },
  act: (file: FileOfRows) => Promise<T>,
): Promise<T> {
  if (edges === undefined) return act({ path: data, encoding, sheet, origin: undefined });
  const nodes = { path: data, name: basename(data) };
  return withLinks(
    nodes,
    edges,
    { encoding, sheet, edgeSheet: edges.sheet, ...(signal === undefined ? {} : { signal }) },
    ({ path, origin }) => act({ path, encoding: undefined, sheet: undefined, origin }),
  );
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
