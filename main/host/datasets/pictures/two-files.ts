/** Two files chosen together: which of them holds the pictures and which their labels, told by their first bytes. */
import { AppError } from "../../../../core/errors.ts";
import type { DownloadFile } from "../../host-interface.ts";
import { contentHead } from "../content-head.ts";
import { looksLikeIdx, looksLikeIdxLabels } from "./idx.ts";

export interface PicturesAndLabels {
  readonly path: string;
  readonly name: string;
  readonly labels: string | undefined;
}

/**
 * @param files one file, or two in either order
 * @param name  what the person calls the first
 * @throws AppError data.files_unrelated when two files are not pictures and labels
 */
export async function picturesAndLabels(files: readonly DownloadFile[], name: string): Promise<PicturesAndLabels> {
  const [first, second] = files;
  if (first === undefined) throw new Error("no file was given");
  if (second === undefined) return { path: first.path, name, labels: undefined };
  const [head, other] = await Promise.all([contentHead(first.path), contentHead(second.path)]);
  if (looksLikeIdx(head) && looksLikeIdxLabels(other)) return { path: first.path, name, labels: second.path };
  if (looksLikeIdxLabels(head) && looksLikeIdx(other)) return { path: second.path, name: second.fileName, labels: first.path };
  throw new AppError("data.files_unrelated", { first: name, second: second.fileName });
}
