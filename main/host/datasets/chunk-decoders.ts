/**
 * Decoders of a file that is read piece by piece: bytes in, whole UTF-8 characters out. What cannot be decoded is thrown as a fault that
 * knows where it is: how much of the piece came before it, and the bytes themselves.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { type Guess, wholeCharacters } from "./encoding.ts";

/** Bytes in, whole UTF-8 characters out. */
export interface ChunkDecoder {
  /** @throws UndecodedBytes */
  decode(chunk: Buffer): Buffer;
  /** @throws UndecodedBytes */
  end(): Buffer;
}

/** Bytes that the encoding does not have. */
export class UndecodedBytes extends Error {
  /** Ends of lines in this piece before them. */
  readonly linesBefore: number;
  /** Where they begin in the content, from 0; null where that cannot be told. */
  readonly byte: number | null;
  /** `0xe9 0x74`; empty where that cannot be told. */
  readonly value: string;
  /** The bytes around them, where they were read as UTF-8. */
  readonly sample: Uint8Array;
  /** There were characters beyond ASCII before, in UTF-8. */
  readonly mixed: boolean;
  /** The whole beginning of the file has been looked at, and no encoding stands out. */
  readonly undecided: boolean;

  constructor(o: {
    linesBefore: number;
    byte?: number;
    value?: string;
    sample?: Uint8Array;
    mixed?: boolean;
    undecided?: boolean;
    cause?: unknown;
  }) {
    super("not in this encoding", { cause: o.cause });
    this.linesBefore = o.linesBefore;
    this.byte = o.byte ?? null;
    this.value = o.value ?? "";
    this.sample = o.sample ?? new Uint8Array(0);
    this.mixed = o.mixed ?? false;
    this.undecided = o.undecided ?? false;
  }
}

const SHOWN_BYTES = 4;
const shownBytes = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(" ");

export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

/** Length of the part that is UTF-8, by halving: all that is shorter is UTF-8 too. */
function validLength(bytes: Uint8Array): number {
  const isValid = (length: number): boolean => isUtf8(bytes.subarray(0, wholeCharacters(bytes.subarray(0, length))));
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isValid(middle)) low = middle;
    else high = middle - 1;
  }
  return wholeCharacters(bytes.subarray(0, low));
}

/** What is wrong with bytes that are no UTF-8. @param from where they begin in the content */
export function faultIn(
  bytes: Uint8Array,
  { from = 0, mixed = false, undecided = false }: { from?: number; mixed?: boolean; undecided?: boolean } = {},
): UndecodedBytes {
  const valid = validLength(bytes);
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const second = bytes.subarray(first, first + 4);
  const startsValid = [2, 3, 4].some((length) => isUtf8(second.subarray(0, length)) && second.length >= length);
  return new UndecodedBytes({
    linesBefore: countLines(bytes.subarray(0, valid)),
    byte: from + valid,
    value: shownBytes(bytes.subarray(valid)),
    sample: bytes.subarray(Math.max(0, first - 200)),
    mixed: mixed || startsValid,
    undecided,
  });
}

/** Lets UTF-8 through unchanged, after looking at all of it. */
export class Utf8Decoder implements ChunkDecoder {
  private skip: number;
  private rest: Buffer = Buffer.alloc(0);
  private onlyAscii: boolean;
  /** Bytes of the content that have gone through. */
  private passed: number;

  constructor(markBytes: number) {
    this.skip = markBytes;
    this.passed = markBytes;
    this.onlyAscii = markBytes === 0;
  }

  decode(chunk: Buffer): Buffer {
    const bytes = Buffer.concat([this.rest, chunk.subarray(this.skip)]);
    this.skip = 0;
    const whole = wholeCharacters(bytes);
    this.rest = bytes.subarray(whole);
    const done = bytes.subarray(0, whole);
    if (!isUtf8(done)) throw faultIn(done, { from: this.passed, mixed: !this.onlyAscii });
    this.onlyAscii &&= isAscii(done);
    this.passed += whole;
    return done;
  }

  end(): Buffer {
    if (this.rest.length > 0)
      throw new UndecodedBytes({
        linesBefore: 0,
        byte: this.passed,
        value: shownBytes(this.rest),
        sample: this.rest,
        mixed: !this.onlyAscii,
      });
    return this.rest;
  }
}

export class LegacyDecoder implements ChunkDecoder {
  private readonly decoder: TextDecoder;
  private readonly encoding: string;
  private skip: number;

  constructor({ encoding, markBytes }: Guess) {
    this.encoding = encoding;
    this.skip = markBytes;
    this.decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  decode(chunk: Buffer): Buffer {
    const bytes = chunk.subarray(this.skip);
    this.skip = 0;
    return this.guarded(bytes, () => this.decoder.decode(bytes, { stream: true }));
  }

  end(): Buffer {
    return this.guarded(new Uint8Array(0), () => this.decoder.decode());
  }

  private guarded(bytes: Uint8Array, act: () => string): Buffer {
    let text: string;
    try {
      text = act();
    } catch (cause) {
      // What comes in its place there tells the line; a character may span two pieces, so that the first place does not count.
      const marked = new TextDecoder(this.encoding, { ignoreBOM: true }).decode(bytes);
      const at = marked.indexOf("\ufffd", 1);
      throw new UndecodedBytes({ linesBefore: linesOf(marked.slice(0, Math.max(0, at))), cause });
    }
    // Every byte is something in Windows-1252, control characters included: they are in no text.
    const control = text.search(/[\u0080-\u009f]/);
    if (control >= 0) {
      const value = `U+${text.charCodeAt(control).toString(16).padStart(4, "0")}`;
      throw new UndecodedBytes({ linesBefore: linesOf(text.slice(0, control)), value });
    }
    return Buffer.from(text, "utf8");
  }
}

const linesOf = (text: string): number => text.split("\n").length - 1;
