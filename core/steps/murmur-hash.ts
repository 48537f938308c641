/** MurmurHash3 for 32 bits (Austin Appleby, https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp, public domain). */

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
const scramble = (block: number): number => Math.imul(rotate(Math.imul(block, C1), 15), C2);

/** @returns 0 … 2³²−1 */
export function murmurHash3(bytes: Uint8Array, seed = 0): number {
  const at = (place: number): number => bytes[place] as number;
  const whole = bytes.length - (bytes.length % 4);
  let hash = seed;
  for (let i = 0; i < whole; i += 4) {
    hash ^= scramble(at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24));
    hash = Math.imul(rotate(hash, 13), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= whole; i -= 1) tail = (tail << 8) | at(i);
  if (whole < bytes.length) hash ^= scramble(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Hash of a whole number: a stand-in for chance where a step needs some, the same everywhere. */
export function hashOfNumber(value: number, seed: number): number {
  return murmurHash3(Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24), seed);
}
