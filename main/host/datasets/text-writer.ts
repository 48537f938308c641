/** The text of a file on its way to disk: hashed, measured, with one kind of line end, without blank lines at its start. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { AppError } from "../../../core/errors.ts";
import { countLines } from "./chunk-decoders.ts";
import { wholeCharacters } from "./encoding.ts";
import { notText } from "./file-kind.ts";

/** Of the text, for sniffing its dialect. */
export const HEAD_BYTES = 1 << 18;

export interface WrittenText {
  readonly sha256: string;
  /** The first part of the text, for sniffing the dialect; `whole` when it is all of it. */
  readonly head: { readonly text: string; readonly whole: boolean };
  /** Bytes of the longest line of the text, where one is longer than what is read at a time, and where it begins. */
  readonly longestLine: { readonly bytes: number; readonly start: number };
  /** Dropped at the start of the text, which begins in the line after them. */
  readonly blankLines: number;
  /** As what it was read: a name of the WHATWG's list, in small letters. */
  readonly encoding: string;
  /** Set when the encoding had to be guessed: with a value that shows it. */
  readonly guessed: { readonly encoding: string; readonly example: string } | null;
}

/** A byte-order mark, in UTF-8. It is never split: pieces hold whole characters. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Takes UTF-8, hashes it, makes every line end "\n", drops blank lines at the start and marks at the start of lines, writes. */
export class TextWriter {
  encoding = "utf-8";
  guessedEncoding: string | null = null;
  private readonly hash: Hash = createHash("sha256");
  private readonly file: FileHandle;
  private readonly path: string;
  private readonly name: string;
  private headParts: Buffer[] = [];
  private headLength = 0;
  private cut = false;
  private atStart = true;
  private afterReturn = false;
  private afterNewline = true;
  private example = "";
  /** Dropped at the start: lines are counted with them. */
  private blankLines = 0;
  private written = 0;
  private lineStart = 0;
  private longest = { bytes: 0, start: 0 };

  /** @param path of `file`, which is written */
  constructor(file: FileHandle, path: string, name: string) {
    this.file = file;
    this.path = path;
    this.name = name;
  }

  async write(text: Buffer): Promise<void> {
    if (text.length === 0) return;
    const zero = text.indexOf(0);
    if (zero >= 0) throw notText(this.name, await this.lineAfter(countLines(text.subarray(0, zero))), 0);
    this.hash.update(text);
    let lines = this.withoutMarks(this.withNewlines(text));
    if (this.atStart) {
      let blank = 0;
      while (lines[blank] === 0x0a) blank += 1;
      this.blankLines += blank;
      lines = lines.subarray(blank);
      if (lines.length > 0) this.atStart = false;
    }
    if (this.headLength < HEAD_BYTES) {
      this.headParts.push(lines.subarray(0, HEAD_BYTES - this.headLength));
      this.headLength += Math.min(lines.length, HEAD_BYTES - this.headLength);
      this.cut = this.headLength === HEAD_BYTES;
    }
    if (this.guessedEncoding !== null && this.example === "") this.example = exampleOf(lines.toString("utf8"));
    this.measureLines(lines);
    // writeFile goes on where it was and writes all of it; write may stop short on a full disk without an error.
    if (lines.length > 0) await this.file.writeFile(lines);
  }

  /** Number of the line, from 1, so many ends of lines behind what was written. */
  async lineAfter(ends: number): Promise<number> {
    return 1 + this.blankLines + ends + (await linesWritten(this.path));
  }

  finish(): WrittenText {
    if (this.atStart) throw new AppError("data.file_empty", { file: this.name });
    const head = Buffer.concat(this.headParts);
    const text = head.subarray(0, wholeCharacters(head)).toString("utf8");
    const guessed = this.guessedEncoding === null ? null : { encoding: this.guessedEncoding, example: this.example };
    this.endLine(this.written);
    return {
      sha256: this.hash.digest("hex"),
      longestLine: this.longest,
      blankLines: this.blankLines,
      head: { text, whole: !this.cut },
      encoding: this.encoding,
      guessed,
    };
  }

  /** Only lines that reach from one piece into the next are measured: two looks a piece, however many lines it has. */
  private measureLines(piece: Buffer): void {
    const first = piece.indexOf(0x0a);
    if (first >= 0) {
      this.endLine(this.written + first);
      this.lineStart = this.written + piece.lastIndexOf(0x0a) + 1;
    }
    this.written += piece.length;
  }

  private endLine(end: number): void {
    if (end - this.lineStart > this.longest.bytes) this.longest = { bytes: end - this.lineStart, start: this.lineStart };
  }

  /** Files that were put behind each other bring their marks along: none of them is part of a value. */
  private withoutMarks(text: Buffer): Buffer {
    let startsLine = this.afterNewline;
    if (text.length > 0) this.afterNewline = text.at(-1) === 0x0a;
    const kept: Buffer[] = [];
    let from = 0;
    for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + MARK.length)) {
      startsLine = at === 0 ? startsLine : text[at - 1] === 0x0a;
      if (!startsLine) continue;
      kept.push(text.subarray(from, at));
      from = at + MARK.length;
    }
    return from === 0 ? text : Buffer.concat([...kept, text.subarray(from)]);
  }

  /** CR LF and CR become LF: the reader takes one kind of line end in a file. */
  private withNewlines(text: Buffer): Buffer {
    if (!this.afterReturn && !text.includes(0x0d)) return text;
    const out = Buffer.allocUnsafe(text.length);
    let length = 0;
    for (const byte of text) {
      if (!(byte === 0x0a && this.afterReturn)) out[length++] = byte === 0x0d ? 0x0a : byte;
      this.afterReturn = byte === 0x0d;
    }
    return out.subarray(0, length);
  }
}

async function linesWritten(path: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(path)) lines += countLines(chunk as Buffer);
  return lines;
}

/** The first words that show what the encoding makes of the bytes. */
export function exampleOf(text: string): string {
  return /[^\n,;\t"]{0,20}[^\p{ASCII}\n][^\n,;\t"]{0,20}/u.exec(text)?.[0].trim() ?? "";
}
