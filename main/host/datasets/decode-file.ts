/**
 * A file, whatever its packing, encoding and line ends, becomes a temporary UTF-8 file with "\n". What is not text is
 * refused here. The SHA-256 is of the text as UTF-8, without byte-order mark and before line ends are touched: for a
 * plain UTF-8 file it is what sha256sum says, and the same table packed or re-encoded has the same fingerprint.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "../../../core/errors.ts";
import { refuseAborted } from "./duckdb.ts";
import { encodingOfHead, type Guess, wholeCharacters } from "./encoding.ts";
import { refuseKnownKinds, refuseNotText } from "./file-kind.ts";

export interface DecodedFile {
  readonly sha256: string;
  /** Bytes of the file as it is on disk. */
  readonly fileBytes: number;
  /** The first part of the text, for sniffing the dialect; `whole` when it is all of it. */
  readonly head: { readonly text: string; readonly whole: boolean };
  /** Bytes of the longest line of the text, where one is longer than what is read at a time, and where it begins. */
  readonly longestLine: { readonly bytes: number; readonly start: number };
  /** As what it was read: a name of the WHATWG's list, in small letters. */
  readonly encoding: string;
  /** Set when the encoding had to be guessed: with a value that shows it. */
  readonly guessed: { readonly encoding: string; readonly example: string } | null;
}

export interface DecodeOptions {
  /** Name of the encoding, where the person gave one. */
  readonly encoding?: string | undefined;
  readonly onBytes?: ((bytes: number, totalBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const CHUNK_BYTES = 1 << 20;
const HEAD_BYTES = 1 << 18;

/** @throws AppError data.file_empty, data.is_a_directory, data.not_text, data.encoding_unknown, data.gzip_damaged … */
export async function decodeFile(source: string, target: string, name: string, options: DecodeOptions = {}): Promise<DecodedFile> {
  const given = options.encoding === undefined ? null : canonical(options.encoding);
  try {
    return await decodeAs(source, target, name, options, given === null ? null : { encoding: given, markBytes: 0, guessed: false });
  } catch (thrown) {
    if (!(thrown instanceof NotUtf8)) throw thrown;
    if (given !== null) throw new AppError("data.wrong_encoding", { file: name, encoding: given });
    // Plain ASCII at the start, something else later: look at the place where it begins.
    if (thrown.mixed) throw new AppError("data.encoding_mixed", { file: name });
    const guess = encodingOfHead(thrown.sample);
    if (guess === null || !guess.guessed) throw new AppError("data.encoding_unknown", { file: name });
    return decodeAs(source, target, name, options, guess);
  }
}

/** "UTF8", "latin1", "GBK" and the like by the name that the decoder gives itself. @throws AppError data.encoding_not_supported */
function canonical(encoding: string): string {
  try {
    const name = new TextDecoder(encoding.trim()).encoding.toLowerCase();
    // GB 18030 contains GBK, and what was found automatically is called so.
    return name === "gbk" ? "gb18030" : name;
  } catch (cause) {
    throw new AppError("data.encoding_not_supported", { encoding }, { cause });
  }
}

/** A file that began as UTF-8 and did not go on so; `mixed` when there were UTF-8 characters beyond ASCII before. */
class NotUtf8 extends Error {
  readonly sample: Uint8Array;
  readonly mixed: boolean;
  constructor(sample: Uint8Array, mixed: boolean) {
    super("not UTF-8");
    this.sample = sample;
    this.mixed = mixed;
  }
}

async function decodeAs(source: string, target: string, name: string, options: DecodeOptions, known: Guess | null): Promise<DecodedFile> {
  const file = await open(source, "r");
  try {
    const before = await file.stat();
    if (before.isDirectory()) throw new AppError("data.is_a_directory", { file: name });
    if (before.size === 0) throw new AppError("data.file_empty", { file: name });
    const out = await open(target, "w");
    try {
      const writer = new TextWriter(out, name);
      await pump(file, writer, name, options, known, before.size);
      const after = await file.stat();
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) throw new AppError("data.file_changed", { file: name });
      return { ...writer.finish(), fileBytes: before.size };
    } finally {
      await out.close();
    }
  } finally {
    await file.close();
  }
}

async function pump(
  file: FileHandle,
  writer: TextWriter,
  name: string,
  options: DecodeOptions,
  known: Guess | null,
  totalBytes: number,
): Promise<void> {
  const raw = readChunks(file, totalBytes, (bytes) => {
    refuseAborted(options.signal);
    options.onBytes?.(bytes, totalBytes);
  });
  if (!(await isGzip(file))) return pumpChunks(raw, writer, name, known);
  // An error of either stream ends the loop over the last one; the callback has nothing left to say.
  const unpacked = pipeline(Readable.from(raw), createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
  return pumpChunks(unpacked, writer, name, known);
}

/** No more than the file had when it was opened: one that is being written to would never end. */
async function* readChunks(
  file: FileHandle,
  totalBytes: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; position < totalBytes; ) {
    const wanted = Math.min(CHUNK_BYTES, totalBytes - position);
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    onBytes(position);
    yield buffer.subarray(0, bytesRead);
  }
}

async function pumpChunks(stream: AsyncIterable<Buffer>, writer: TextWriter, name: string, known: Guess | null): Promise<void> {
  let decoder: ChunkDecoder | null = null;
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    if (decoder !== null) {
      await writer.write(decoder.decode(chunk));
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    decoder = startDecoder(head, known, name, writer);
    await writer.write(decoder.decode(head));
  }
  if (decoder === null) {
    if (head.length === 0) throw new AppError("data.file_empty", { file: name });
    decoder = startDecoder(head, known, name, writer);
    await writer.write(decoder.decode(head));
  }
  await writer.write(decoder.end());
}

async function isGzip(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function startDecoder(head: Buffer, known: Guess | null, name: string, writer: TextWriter): ChunkDecoder {
  refuseKnownKinds(head, name);
  const found = encodingOfHead(head.subarray(0, HEAD_BYTES));
  // A named encoding is no guess, whatever the bytes look like; a mark of it at the start is none of its text.
  const guess = known === null ? found : { ...known, markBytes: found?.encoding === known.encoding ? found.markBytes : 0 };
  if (guess === null || (guess.encoding === "utf-8" && guess.markBytes === 0)) refuseNotText(head.subarray(0, HEAD_BYTES), name);
  if (guess === null) throw new AppError("data.encoding_unknown", { file: name });
  writer.encoding = guess.encoding;
  writer.guessedEncoding = guess.guessed ? guess.encoding : null;
  return guess.encoding === "utf-8" ? new Utf8Decoder(guess.markBytes) : new LegacyDecoder(guess, name);
}

/** Bytes in, whole UTF-8 characters out. */
interface ChunkDecoder {
  decode(chunk: Buffer): Buffer;
  end(): Buffer;
}

/** Lets UTF-8 through unchanged, after looking at all of it. */
class Utf8Decoder implements ChunkDecoder {
  private skip: number;
  private rest: Buffer = Buffer.alloc(0);
  private onlyAscii: boolean;

  constructor(markBytes: number) {
    this.skip = markBytes;
    this.onlyAscii = markBytes === 0;
  }

  decode(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.rest, chunk.subarray(this.skip)]);
    this.skip = 0;
    const whole = wholeCharacters(bytes);
    this.rest = bytes.subarray(whole);
    const done = bytes.subarray(0, whole);
    if (!isUtf8(done)) throw this.fault(done);
    this.onlyAscii &&= isAscii(done);
    return done;
  }

  end(): Buffer {
    if (this.rest.length > 0) throw this.fault(this.rest);
    return this.rest;
  }

  private fault(bytes: Buffer): NotUtf8 {
    const first = bytes.findIndex((byte) => byte >= 0x80);
    const second = bytes.subarray(first, first + 4);
    const startsValid = [2, 3, 4].some((length) => isUtf8(second.subarray(0, length)) && second.length >= length);
    return new NotUtf8(bytes.subarray(Math.max(0, first - 200)), !this.onlyAscii || startsValid);
  }
}

class LegacyDecoder implements ChunkDecoder {
  private readonly decoder: TextDecoder;
  private readonly guess: Guess;
  private readonly name: string;
  private skip: number;

  constructor(guess: Guess, name: string) {
    this.guess = guess;
    this.name = name;
    this.skip = guess.markBytes;
    this.decoder = new TextDecoder(guess.encoding, { fatal: true, ignoreBOM: true });
  }

  decode(chunk: Buffer): Buffer {
    const bytes = chunk.subarray(this.skip);
    this.skip = 0;
    return this.guarded(() => this.decoder.decode(bytes, { stream: true }));
  }

  end(): Buffer {
    return this.guarded(() => this.decoder.decode());
  }

  private guarded(act: () => string): Buffer {
    let text: string;
    try {
      text = act();
    } catch (cause) {
      throw this.refused(cause);
    }
    // Every byte is something in Windows-1252, control characters included: they are in no text.
    if (/[\u0080-\u009f]/.test(text)) throw this.refused();
    return Buffer.from(text, "utf8");
  }

  private refused(cause?: unknown): AppError {
    const { encoding, guessed } = this.guess;
    return new AppError(guessed ? "data.encoding_unknown" : "data.wrong_encoding", { file: this.name, encoding }, { cause });
  }
}

/** Takes UTF-8, hashes it, makes every line end "\n", drops blank lines at the start, writes. */
class TextWriter {
  encoding = "utf-8";
  guessedEncoding: string | null = null;
  private readonly hash: Hash = createHash("sha256");
  private readonly file: FileHandle;
  private readonly name: string;
  private headParts: Buffer[] = [];
  private headLength = 0;
  private cut = false;
  private atStart = true;
  private afterReturn = false;
  private example = "";
  private written = 0;
  private lineStart = 0;
  private longest = { bytes: 0, start: 0 };

  constructor(file: FileHandle, name: string) {
    this.file = file;
    this.name = name;
  }

  async write(text: Buffer): Promise<void> {
    if (text.length === 0) return;
    if (text.includes(0)) throw new AppError("data.not_text", { file: this.name });
    this.hash.update(text);
    let lines = this.withNewlines(text);
    if (this.atStart) {
      let blank = 0;
      while (lines[blank] === 0x0a) blank += 1;
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

  finish(): Omit<DecodedFile, "fileBytes"> {
    if (this.atStart) throw new AppError("data.file_empty", { file: this.name });
    const head = Buffer.concat(this.headParts);
    const text = head.subarray(0, wholeCharacters(head)).toString("utf8");
    const guessed = this.guessedEncoding === null ? null : { encoding: this.guessedEncoding, example: this.example };
    this.endLine(this.written);
    return {
      sha256: this.hash.digest("hex"),
      longestLine: this.longest,
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

/** The first words that show what the encoding makes of the bytes. */
function exampleOf(text: string): string {
  return /[^\n,;\t"]{0,20}[^\p{ASCII}\n][^\n,;\t"]{0,20}/u.exec(text)?.[0].trim() ?? "";
}
