/** Why a file that is named like a picture is none that can be read, told from its bytes; what the decoder says of it stands behind. */

export type PictureFault = "not_a_picture" | "cut_off" | "too_large" | "no_size" | "not_read" | "damaged" | "gone";

export interface BrokenPicture {
  readonly fault: PictureFault;
  /** Words of the decoder, in its own language; empty where it says no more than the fault. */
  readonly detail: string;
}

/** Wider or larger ones are taken for damaged: decoding them would take gigabytes. */
export const MOST_PIXELS = 100_000_000;

/** @param thrown by the decoder, or by reading the file */
export function pictureFault(bytes: Uint8Array | null, thrown: unknown): BrokenPicture {
  if (bytes === null) return { fault: "gone", detail: wordsOf(thrown, null) };
  const format = formatOf(bytes);
  const detail = wordsOf(thrown, format);
  if (bytes.length === 0) return { fault: "no_size", detail: "0 B" };
  if (format === null) return { fault: "not_a_picture", detail: "" };
  if (format === "other") return { fault: "not_read", detail: "" };
  const size = sizeIn(bytes, format);
  const shown = size === null ? "" : `${size[0]} × ${size[1]}`;
  if (size !== null && size[0] * size[1] === 0) return { fault: "no_size", detail: shown };
  if ((size !== null && size[0] * size[1] > MOST_PIXELS) || /exceeds pixel limit/i.test(detail))
    return { fault: "too_large", detail: shown };
  return { fault: endsEarly(bytes, format) || ENDS_EARLY.test(detail) ? "cut_off" : "damaged", detail };
}

const ENDS_EARLY = /premature end|unexpected end|insufficient|truncated/i;

type Format = "png" | "jpeg" | "gif" | "webp" | "tiff";

/** By the first bytes; `other` is a picture of a kind that is not read. */
function formatOf(bytes: Uint8Array): Format | "other" | null {
  const head = latin(bytes, 0, 12);
  if (head.startsWith("\u0089PNG")) return "png";
  if (head.startsWith("\u00ff\u00d8\u00ff")) return "jpeg";
  if (head.startsWith("GIF8")) return "gif";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "webp";
  if (head.startsWith("II*\0") || head.startsWith("MM\0*")) return "tiff";
  // Windows bitmap, Photoshop, HEIF and AVIF, JPEG XL, JPEG 2000, icon.
  const others = ["BM", "8BPS", "\u00ff\n", "\0\0\0\fJXL ", "\0\0\0\fjP  ", "\0\0\u0001\0"];
  return head.slice(4, 8) === "ftyp" || others.some((start) => head.startsWith(start)) ? "other" : null;
}

/** Width and height as the head says them, where they stand at a fixed place. */
function sizeIn(bytes: Uint8Array, format: Format): readonly [width: number, height: number] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "png" && bytes.length >= 24) return [view.getUint32(16), view.getUint32(20)];
  if (format === "gif" && bytes.length >= 10) return [view.getUint16(6, true), view.getUint16(8, true)];
  return null;
}

/** Whether what ends a picture of this format is not there. */
function endsEarly(bytes: Uint8Array, format: Format): boolean {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  switch (format) {
    case "png":
      return !latin(bytes, Math.max(0, length - 4096), length).includes("IEND");
    case "jpeg":
      return !latin(bytes, Math.max(0, length - 4096), length).includes("\u00ff\u00d9");
    case "gif":
      return bytes[length - 1] !== 0x3b;
    case "webp":
      return view.getUint32(4, true) + 8 > length;
    case "tiff":
      return length < 8 || view.getUint32(4, bytes[0] === 0x49) >= length;
  }
}

const latin = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString("latin1");

const NAMED: Readonly<Record<Format, RegExp>> = { png: /png/i, jpeg: /jpe?g/i, gif: /gif/i, webp: /webp/i, tiff: /tiff/i };

/**
 * In a line. The decoder keeps its complaints in one place for all threads: those of a picture of another format, decoded at the same
 * moment, may stand among them.
 */
function wordsOf(thrown: unknown, format: Format | "other" | null): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const foreign = (line: string): boolean =>
    format !== null && format !== "other" && !NAMED[format].test(line) && Object.values(NAMED).some((name) => name.test(line));
  const lines = thrown.message.split("\n").map((line) => line.trim());
  const [first = "", second = ""] = lines.filter((line) => !foreign(line));
  return (first.endsWith(":") ? `${first} ${second}` : first).replace(/:? *$/, "");
}
