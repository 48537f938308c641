/** Word vectors that designs name, by the SHA-256 of their file: found in the JSON of designs and of what was done to them. */

/** In a design as it is stored, and in commands of a journal, which may lie in JSON as text. */
const NAMED = /\\*"vectors\\*"\s*:\s*\{[^{}]*?\\*"hash\\*"\s*:\s*\\*"([0-9a-f]{64})\\*"/g;

export function vectorsNamedIn(texts: Iterable<string>): Set<string> {
  const hashes = new Set<string>();
  for (const text of texts) for (const [, hash] of text.matchAll(NAMED)) if (hash !== undefined) hashes.add(hash);
  return hashes;
}
