/**
 * The encoding of a text file, from its bytes: marks at the start, UTF-16's zeros, valid UTF-8; otherwise the legacy
 * encoding whose everyday characters the bytes are. When none stands out the file is refused, never guessed at; a
 * guess is always reported, with an example, so that wrong letters cannot slip in unseen.
 */
import { isUtf8 } from "node:buffer";
import { alphabetEncoding } from "./alphabets.ts";

export type Encoding = string;

export interface Guess {
  readonly encoding: Encoding;
  /** Bytes at the start that are a mark, not text. */
  readonly markBytes: number;
  /** Not certain: tell the person. */
  readonly guessed: boolean;
}

/** @param head the first bytes of the file; may end within a character */
export function encodingOfHead(head: Uint8Array): Guess | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", markBytes: 3, guessed: false };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", markBytes: 2, guessed: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", markBytes: 2, guessed: false };
  let even = 0;
  let odd = 0;
  for (let at = head.indexOf(0); at >= 0; at = head.indexOf(0, at + 1)) {
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = head.length / 2;
  if (odd > 0.4 * half && even < 0.05 * half) return { encoding: "utf-16le", markBytes: 0, guessed: false };
  if (even > 0.4 * half && odd < 0.05 * half) return { encoding: "utf-16be", markBytes: 0, guessed: false };
  if (isUtf8(head.subarray(0, wholeCharacters(head)))) return { encoding: "utf-8", markBytes: 0, guessed: false };
  const encoding = legacyEncoding(head);
  return encoding === null ? null : { encoding, markBytes: 0, guessed: true };
}

/** A mark of UTF-16 before text of one byte a character: UTF-16 has a zero byte in every line feed, separator and Latin letter. */
export function isFalseMark(head: Uint8Array, { encoding, markBytes }: Guess): boolean {
  return markBytes === 2 && encoding.startsWith("utf-16") && head.includes(0x0a) && !head.includes(0);
}

/** Length of the part that does not end within a UTF-8 character. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** How a legacy two-byte encoding tells its everyday characters: share of two-byte characters that are such. */
interface TwoByteEncoding {
  readonly encoding: Encoding;
  readonly isLead: (byte: number) => boolean;
  readonly isTrail: (byte: number) => boolean;
  readonly isCommon: (lead: number, trail: number) => boolean;
  /** Characters that a text of this language never goes without, where others would pass for it. */
  readonly isNeeded?: (lead: number) => boolean;
}
const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;

const TWO_BYTE: readonly TwoByteEncoding[] = [
  {
    // GB 2312 level 1 (rows B0 to D7, in the order of pinyin) and punctuation.
    encoding: "gb18030",
    isLead: (byte) => between(byte, 0x81, 0xfe),
    isTrail: (byte) => between(byte, 0x40, 0xfe) && byte !== 0x7f,
    isCommon: (lead, trail) => trail >= 0xa1 && (between(lead, 0xb0, 0xd7) || between(lead, 0xa1, 0xa3)),
  },
  {
    encoding: "shift_jis",
    isLead: (byte) => between(byte, 0x81, 0x9f) || between(byte, 0xe0, 0xfc),
    isTrail: (byte) => between(byte, 0x40, 0xfc) && byte !== 0x7f,
    // Kana, punctuation, JIS level 1.
    isCommon: (lead) => between(lead, 0x81, 0x83) || between(lead, 0x88, 0x97),
  },
  {
    // Kana, punctuation, JIS level 1; without kana Chinese and Korean would pass for it.
    encoding: "euc-jp",
    isLead: (byte) => between(byte, 0xa1, 0xfe),
    isTrail: (byte) => byte >= 0xa1,
    isCommon: (lead) => lead === 0xa1 || lead === 0xa4 || lead === 0xa5 || between(lead, 0xb0, 0xcf),
    isNeeded: (lead) => lead === 0xa4 || lead === 0xa5,
  },
  {
    encoding: "big5",
    isLead: (byte) => between(byte, 0x81, 0xfe),
    isTrail: (byte) => between(byte, 0x40, 0x7e) || between(byte, 0xa1, 0xfe),
    isCommon: (lead) => between(lead, 0xa4, 0xc6) || lead === 0xa1,
  },
  {
    // Hangul; Korean never reaches the rows in which a fifth of Chinese lies.
    encoding: "euc-kr",
    isLead: (byte) => between(byte, 0x81, 0xfe),
    isTrail: (byte) => byte >= 0xa1,
    isCommon: (lead, trail) => trail >= 0xa1 && between(lead, 0xb0, 0xc8),
  },
];

const CERTAIN_SHARE = 0.9;
const CERTAIN_LEAD = 0.04;
const FEWEST_CHARACTERS = 4;
const NEEDED_SHARE = 0.1;
/** So many different characters, all in the rows of Hangul, are Korean: of Chinese ones two in five lie outside. */
const SURELY_KOREAN = 24;

function legacyEncoding(bytes: Uint8Array): Encoding | null {
  const alphabet = alphabetEncoding(bytes);
  if (alphabet !== null) return alphabet;
  if (isWesternEuropean(bytes)) return "windows-1252";
  const scored = TWO_BYTE.map((candidate) => ({ encoding: candidate.encoding, ...score(candidate, bytes) })).sort(
    (a, b) => b.share - a.share,
  );
  const [best, second] = scored;
  if (best === undefined || second === undefined || best.characters < FEWEST_CHARACTERS || best.share < CERTAIN_SHARE) return null;
  if (best.share - second.share >= CERTAIN_LEAD) return best.encoding;
  const korean = scored.find(({ encoding, share }) => encoding === "euc-kr" && share === best.share);
  return korean !== undefined && korean.characters >= SURELY_KOREAN ? korean.encoding : null;
}

/** Over different characters, not occurrences: a column that repeats two words says no more than the two words. */
function score(candidate: TwoByteEncoding, bytes: Uint8Array): { share: number; characters: number } {
  const common = new Map<number, boolean>();
  let needed = 0;
  for (let place = 0; place < bytes.length - 1; place += 1) {
    const lead = bytes[place] as number;
    if (lead < 0x80) continue;
    const trail = bytes[place + 1] as number;
    const isPair = candidate.isLead(lead) && candidate.isTrail(trail);
    if (isPair && candidate.isNeeded?.(lead) === true && !common.has((lead << 8) | trail)) needed += 1;
    common.set((lead << 8) | trail, isPair && candidate.isCommon(lead, trail));
    if (isPair) place += 1;
  }
  const good = [...common.values()].filter(Boolean).length;
  if (candidate.isNeeded !== undefined && needed < NEEDED_SHARE * common.size) return { share: 0, characters: common.size };
  return { share: common.size === 0 ? 0 : good / common.size, characters: common.size };
}

/** Marks that Windows-1252 has between 0x80 and 0xBF and that stand beside letters and figures in Western text. */
const WESTERN_MARKS = new Set([
  0x80, 0x82, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0xa0, 0xa1, 0xa3, 0xa7, 0xa9, 0xaa, 0xab, 0xae, 0xb0, 0xb1, 0xb2,
  0xb3, 0xb4, 0xb5, 0xb7, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf,
]);
const WESTERN_LETTERS = new Set([0x8a, 0x8c, 0x8e, 0x9a, 0x9c, 0x9e, 0x9f]);

/**
 * Windows-1252 (and Latin-1, which it contains): accented letters that stand alone among ASCII letters, and the usual
 * marks outside words. A mark in the middle of a word, as Polish and Czech text would have it, speaks against.
 */
function isWesternEuropean(bytes: Uint8Array): boolean {
  let high = 0;
  let odd = 0;
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place] as number;
    if (byte < 0x80) continue;
    high += 1;
    const before = bytes[place - 1] ?? 0x20;
    const after = bytes[place + 1] ?? 0x20;
    const isLetter = byte >= 0xc0 || WESTERN_LETTERS.has(byte);
    if (
      isLetter
        ? before >= 0xc0 && after >= 0xc0
        : !WESTERN_MARKS.has(byte) || (byte !== 0x92 && isAsciiLetter(before) && isAsciiLetter(after))
    )
      odd += 1;
    else if (isLetter && (before >= 0x80 || after >= 0x80) && !isAsciiLetter(before) && !isAsciiLetter(after)) odd += 1;
  }
  return high > 0 && odd / high < 0.05;
}

function isAsciiLetter(byte: number): boolean {
  return between(byte | 0x20, 0x61, 0x7a);
}
