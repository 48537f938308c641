/** The text of a file that is read whole, in the encoding that the person names or that its bytes show. */
import { AppError, type ErrorData } from "../../../core/errors.ts";
import { countLines, LegacyDecoder, UndecodedBytes, Utf8Decoder } from "./chunk-decoders.ts";
import { canonical, unknownEncoding } from "./decode-file.ts";
import { type Encoding, encodingOfHead } from "./encoding.ts";
import { exampleOf } from "./text-writer.ts";

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** Set when the encoding had to be guessed: words that show it. */
  readonly example: string | null;
}

/**
 * @param chosen name of the encoding, where the person gave one
 * @throws AppError data.encoding_unknown, data.wrong_encoding, data.encoding_not_supported
 */
export function decodeWhole(bytes: Uint8Array, file: string, chosen?: string): DecodedText {
  const given = chosen === undefined ? null : canonical(chosen);
  const found = encodingOfHead(bytes);
  const guess = given === null ? found : { encoding: given, markBytes: found?.encoding === given ? found.markBytes : 0, guessed: false };
  if (guess === null) throw unknownEncoding(bytes, file);
  const decoder = guess.encoding === "utf-8" ? new Utf8Decoder(guess.markBytes) : new LegacyDecoder(guess);
  const parts: Buffer[] = [];
  try {
    parts.push(decoder.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
    parts.push(decoder.end());
  } catch (thrown) {
    if (!(thrown instanceof UndecodedBytes)) throw thrown;
    const line = 1 + thrown.linesBefore + countLines(Buffer.concat(parts));
    const where = { line, byte: thrown.byte === null ? "–" : thrown.byte + 1, value: thrown.value === "" ? "–" : thrown.value };
    const code = given === null ? "data.encoding_unknown" : "data.wrong_encoding";
    throw new AppError(code, { file, encoding: guess.encoding, ...where }, { cause: thrown });
  }
  const text = Buffer.concat(parts).toString("utf8");
  return { text, encoding: guess.encoding, example: guess.guessed ? exampleOf(text) : null };
}

/** Nothing where the encoding is certain. */
export function guessWarning({ encoding, example }: DecodedText, file: string): ErrorData[] {
  return example === null ? [] : [{ code: "data.encoding_guessed", params: { file, encoding, example } }];
}
