/** Files that are no tables of text, told by their first bytes, so that the answer can say what they are. */
import { isUtf8 } from "node:buffer";
import { AppError } from "../../../core/errors.ts";
import { countLines } from "./chunk-decoders.ts";
import { wholeCharacters } from "./encoding.ts";

const PICTURES: ReadonlySet<string> = new Set(["PNG", "JPEG", "GIF"]);
const KINDS: readonly { readonly kind: string; readonly starts: readonly number[] }[] = [
  { kind: "PNG", starts: [0x89, 0x50, 0x4e, 0x47] },
  { kind: "JPEG", starts: [0xff, 0xd8, 0xff] },
  { kind: "GIF", starts: [0x47, 0x49, 0x46, 0x38] },
  { kind: "PDF", starts: [0x25, 0x50, 0x44, 0x46] },
  { kind: "ZIP / Excel (.xlsx)", starts: [0x50, 0x4b, 0x03, 0x04] },
  { kind: "Excel (.xls)", starts: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: "Parquet", starts: [0x50, 0x41, 0x52, 0x31] },
  { kind: "SQLite", starts: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20] },
  { kind: "HDF5", starts: [0x89, 0x48, 0x44, 0x46] },
  { kind: "NumPy (.npy)", starts: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] },
  { kind: "xz", starts: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: "Zstandard", starts: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: "7z", starts: [0x37, 0x7a, 0xbc, 0xaf] },
];

/** A table may begin with the letters of a mark ("PAR1"): it counts only in what is not text. @throws AppError data.one_picture, data.other_kind naming the kind */
export function refuseKnownKinds(head: Uint8Array, file: string): void {
  if (!head.includes(0) && isUtf8(head.subarray(0, wholeCharacters(head)))) return;
  const known = KINDS.find(({ starts }) => starts.every((byte, place) => head[place] === byte));
  if (known !== undefined)
    throw new AppError(PICTURES.has(known.kind) ? "data.one_picture" : "data.other_kind", { file, kind: known.kind });
}

/** Control characters above this share are no text. */
const MAX_CONTROL_SHARE = 0.01;

/** @throws AppError data.not_text for zeros or many control characters, with the first of them */
export function refuseNotText(head: Uint8Array, file: string): void {
  const zero = head.indexOf(0);
  const control = (byte: number): boolean => byte < 0x20 && (byte < 0x09 || byte > 0x0d);
  const many = head.reduce((sum, byte) => sum + (control(byte) ? 1 : 0), 0) > MAX_CONTROL_SHARE * head.length;
  const place = zero >= 0 ? zero : many ? head.findIndex(control) : -1;
  if (place >= 0) throw notText(file, 1 + countLines(head.subarray(0, place)), head[place] as number);
}

/** @param line from 1 */
export const notText = (file: string, line: number, byte: number): AppError =>
  new AppError("data.not_text", { file, line, value: `0x${byte.toString(16).padStart(2, "0")}` });
