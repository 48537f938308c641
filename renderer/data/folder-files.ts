/**
 * A folder in a browser, which hands over its files but no path: they are listed, and sent as one tar archive whose headers are made here.
 * Nothing is read for that; the browser reads each file while it is sent.
 */
import { tarEnd, tarHeader, tarPadding } from "../../core/protocol/tar-header.ts";

export interface FolderFile {
  /** Within the folder: `cats/1.png`. */
  readonly path: string;
  readonly file: File;
}

/** As many as are looked at together. */
const MOST_LOOSE = 6;
const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|bmp)$/i;
const LINES = /\.(pos|neg)$/i;
/** Words about the data, which lie beside many a table. */
const ABOUT = /(^|\/)(read_?me|licen[cs]e)(\.\w+)?$/i;
const isHidden = (path: string): boolean => path.split("/").some((part) => part.startsWith("."));

/** Everything in a folder that was dropped. @throws DOMException when a file cannot be read, or `signal` was aborted */
export async function filesOfFolder(folder: FileSystemDirectoryEntry, signal: AbortSignal): Promise<FolderFile[]> {
  const found: FolderFile[] = [];
  const walk = async (directory: FileSystemDirectoryEntry, before: string): Promise<void> => {
    const reader = directory.createReader();
    for (;;) {
      signal.throwIfAborted();
      // A hundred at a time; none when it has come to the end.
      const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (entries.length === 0) return;
      const files = entries.filter((entry): entry is FileSystemFileEntry => entry.isFile && !isHidden(entry.name));
      found.push(...(await Promise.all(files.map(async (entry) => ({ path: before + entry.name, file: await fileOf(entry) })))));
      for (const entry of entries)
        if (entry.isDirectory && !isHidden(entry.name)) await walk(entry as FileSystemDirectoryEntry, `${before}${entry.name}/`);
    }
  };
  await walk(folder, "");
  return found;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

/** What a dialog gave that asked for a folder, whose paths begin with it. */
export function filesOfDialog(files: readonly File[]): { readonly name: string; readonly files: FolderFile[] } {
  const paths = files.map((file) => file.webkitRelativePath.split("/"));
  const all = files.map((file, place) => ({ path: paths[place]?.slice(1).join("/") ?? file.name, file }));
  return { name: paths[0]?.[0] ?? "", files: all.filter(({ path }) => !isHidden(path)) };
}

/** The files one by one where the folder is no collection: a few tables, or files of labelled pixels. */
export function looseFiles(files: readonly FolderFile[]): File[] | null {
  const asked = files.filter(({ path }) => !ABOUT.test(path));
  const ofCollection = ({ path }: FolderFile): boolean => PICTURE.test(path) || LINES.test(path) || /\/.*\.txt$/i.test(path);
  return asked.length === 0 || asked.length > MOST_LOOSE || asked.some(ofCollection) ? null : asked.map(({ file }) => file);
}

/** One file of all of them, with the name of the folder. */
export function packedFolder(name: string, files: readonly FolderFile[]): File {
  const parts = files.flatMap(({ path, file }): BlobPart[] => [
    tarHeader(path, file.size) as Uint8Array<ArrayBuffer>,
    file,
    tarPadding(file.size),
  ]);
  return new File([...parts, tarEnd()], name);
}

/** reviews.pos and reviews.neg belong together. @returns the name they share */
export function pairOfLines(files: readonly File[]): string | null {
  const [first] = files;
  const stem = (name: string): string => name.replace(LINES, "");
  if (first === undefined || files.length < 2) return null;
  return files.every(({ name }) => LINES.test(name) && stem(name) === stem(first.name)) ? stem(first.name) : null;
}
