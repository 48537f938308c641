/**
 * A file, whatever its packing, encoding and line ends, becomes a temporary UTF-8 file with "\n". What is not text is
 * refused here. The SHA-256 is of the text as UTF-8, without byte-order mark and before line ends are touched: for a
 * plain UTF-8 file it is what sha256sum says, and the same table packed or re-encoded has the same fingerprint.
 */
import { type FileHandle, open } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "../../../core/errors.ts";
import { type ChunkDecoder, faultIn, LegacyDecoder, UndecodedBytes, Utf8Decoder } from "./chunk-decoders.ts";
import { damageIn } from "./damaged-gzip.ts";
import { refuseAborted } from "./duckdb.ts";
import { encodingOfHead, type Guess, isFalseMark } from "./encoding.ts";
import { isDamagedGzip } from "./file-errors.ts";
import { refuseKnownKinds, refuseNotText } from "./file-kind.ts";
import { HEAD_BYTES, TextWriter, type WrittenText } from "./text-writer.ts";

export interface DecodedFile extends WrittenText {
  /** Bytes of the file as it is on disk. */
  readonly fileBytes: number;
}

export interface DecodeOptions {
  /** Name of the encoding, where the person gave one. */
  readonly encoding?: string | undefined;
  readonly onBytes?: ((bytes: number, totalBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const CHUNK_BYTES = 1 << 20;

/** @throws AppError data.file_empty, data.is_a_directory, data.not_text, data.encoding_unknown, data.gzip_damaged … */
export async function decodeFile(source: string, target: string, name: string, options: DecodeOptions = {}): Promise<DecodedFile> {
  const given = options.encoding === undefined ? null : canonical(options.encoding);
  try {
    return await decodeAs(source, target, name, options, given === null ? null : { encoding: given, markBytes: 0, guessed: false });
  } catch (thrown) {
    if (!(thrown instanceof FaultOfFile)) throw thrown;
    const { fault } = thrown;
    if (thrown.encoding !== "utf-8" || given !== null || fault.undecided) throw refused(thrown);
    // Plain ASCII at the start, something else later: look at the place where it begins.
    const guess = fault.mixed ? null : encodingOfHead(fault.sample);
    if (guess === null || !guess.guessed) throw refused(thrown);
    return decodeAs(source, target, name, options, guess).catch((again: unknown) => {
      throw again instanceof FaultOfFile ? refused(again) : again;
    });
  }

  function refused({ fault, line, encoding, guessed }: FaultOfFile): AppError {
    const unknown = guessed || (given === null && !fault.mixed) || fault.undecided;
    const code = unknown ? "data.encoding_unknown" : given === null ? "data.encoding_mixed" : "data.wrong_encoding";
    const where = { line, byte: fault.byte === null ? "–" : fault.byte + 1, value: fault.value === "" ? "–" : fault.value };
    return new AppError(code, { file: name, encoding: given ?? encoding, ...where }, { cause: fault });
  }
}

/** Of a file that is read whole: where it is no UTF-8. */
export function unknownEncoding(bytes: Uint8Array, file: string): AppError {
  const { linesBefore, byte, value } = faultIn(bytes, { undecided: true });
  return new AppError("data.encoding_unknown", { file, encoding: "–", line: linesBefore + 1, byte: (byte ?? 0) + 1, value });
}

/** "UTF8", "latin1", "GBK" and the like by the name that the decoder gives itself. @throws AppError data.encoding_not_supported */
export function canonical(encoding: string): string {
  try {
    const name = new TextDecoder(encoding.trim()).encoding.toLowerCase();
    // GB 18030 contains GBK, and what was found automatically is called so.
    return name === "gbk" ? "gb18030" : name;
  } catch (cause) {
    throw new AppError("data.encoding_not_supported", { encoding }, { cause });
  }
}

/** Bytes of the file that its encoding does not have, and the line they are in. */
class FaultOfFile extends Error {
  readonly fault: UndecodedBytes;
  readonly line: number;
  readonly encoding: string;
  /** The encoding was guessed, not named. */
  readonly guessed: boolean;
  constructor(fault: UndecodedBytes, line: number, encoding: string, guessed: boolean) {
    super("not in the encoding of the file", { cause: fault });
    this.fault = fault;
    this.line = line;
    this.encoding = encoding;
    this.guessed = guessed;
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
      const writer = new TextWriter(out, target, name);
      await pump(file, writer, name, options, known, before.size).catch(async (thrown: unknown) => {
        if (isDamagedGzip(thrown)) throw await damageIn(source, name, options.signal);
        if (!(thrown instanceof UndecodedBytes)) throw thrown;
        throw new FaultOfFile(thrown, await writer.lineAfter(thrown.linesBefore), writer.encoding, writer.guessedEncoding !== null);
      });
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
  if (found !== null && isFalseMark(head.subarray(0, HEAD_BYTES), found)) {
    const line = head.subarray(2, head.indexOf(0x0a)).toString("latin1").trim().slice(0, 80);
    throw new AppError("data.mark_not_true", { file: name, encoding: found.encoding.toUpperCase(), line });
  }
  // A named encoding is no guess, whatever the bytes look like; a mark of it at the start is none of its text.
  const guess = known === null ? found : { ...known, markBytes: found?.encoding === known.encoding ? found.markBytes : 0 };
  if (guess === null || (guess.encoding === "utf-8" && guess.markBytes === 0)) refuseNotText(head.subarray(0, HEAD_BYTES), name);
  if (guess === null) throw faultIn(head.subarray(0, HEAD_BYTES), { undecided: true });
  writer.encoding = guess.encoding;
  writer.guessedEncoding = guess.guessed ? guess.encoding : null;
  return guess.encoding === "utf-8" ? new Utf8Decoder(guess.markBytes) : new LegacyDecoder(guess);
}
