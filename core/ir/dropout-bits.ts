/**
 * The random bits of dropout: a counter-based generator, so that element i of step s is the same whoever draws it. The
 * mixer is "lowbias32" of Wellons' hash prospector (32-bit multiply–xorshift, lanes of SIMD do it as well).
 */

/** A well-mixed 32-bit word of a 32-bit word. */
export function mix32(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The part of the key that is the same for a whole step: mix32(element + key) is the word of an element. */
export function dropoutKey(seed: number, stream: number, step: number): number {
  return mix32(mix32(mix32(seed) + stream) + step);
}

/** Words below this are dropped: rate · 2³² rounded. */
export function dropoutThreshold(rate: number): number {
  return Math.min(0xffffffff, Math.round(rate * 2 ** 32));
}
