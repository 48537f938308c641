/**
 * Writes a large table of text, the same for the same seed: whole numbers, decimals, words, dates, a number of its own for every
 * row and empty cells. Rows are put together from prepared stretches, so that gigabytes take seconds and no memory.
 */
import { open } from "node:fs/promises";
import { Random } from "../../core/data/random.ts";

/** Stretches of cells of which each row takes one a group. */
const VARIANTS = 1024;
const BLOCK_BYTES = 4 << 20;
/** id, when, amount and share; the other columns are in groups of this many. */
const OWN_COLUMNS = 4;
const GROUP_COLUMNS = 23;
const WORDS = ["red", "green", "blue", "north", "south", "east", "west", "yes", "no", "unknown", "late", "early"] as const;
const START_MS = Date.UTC(2015, 0, 1);

export interface LargeTable {
  readonly path: string;
  readonly rows: number;
  /** Of the table: 4 and a multiple of 23, at least one. @defaultValue 50 */
  readonly columns?: number;
  readonly seed: number;
  /** A word put into column `amount` of this row, from 0. */
  readonly word?: { readonly row: number; readonly text: string };
}

/** @returns the bytes of the file */
export async function writeLargeTable({ path, rows, columns = 50, seed, word }: LargeTable): Promise<number> {
  const groups = (columns - OWN_COLUMNS) / GROUP_COLUMNS;
  if (!Number.isInteger(groups) || groups < 1) throw new Error(`${columns} columns: it must be 4 and a multiple of ${GROUP_COLUMNS}`);
  const random = new Random(seed);
  const stretches = Array.from({ length: groups }, () => Array.from({ length: VARIANTS }, () => Buffer.from(`,${stretch(random)}`)));
  const longest = Math.max(...stretches.flat().map(({ length }) => length)) * groups + 100;
  const file = await open(path, "w");
  try {
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    let length = block.write(`${headerOf(groups)}\n`, "latin1");
    let bytes = 0;
    for (let row = 0; row < rows; row++) {
      if (length + longest > BLOCK_BYTES) {
        await file.writeFile(block.subarray(0, length));
        bytes += length;
        length = 0;
      }
      const when = new Date(START_MS + (row % 4000) * 86_400_000).toISOString().slice(0, 10);
      const amount = word?.row === row ? word.text : (random.bits() / 2 ** 22).toFixed(2);
      length += block.write(`${row},${when},${amount},${(random.bits() / 2 ** 32).toFixed(6)}`, length, "latin1");
      for (const variants of stretches) length += (variants[random.bits() % VARIANTS] as Buffer).copy(block, length);
      block[length++] = 0x0a;
    }
    await file.writeFile(block.subarray(0, length));
    return bytes + length;
  } finally {
    await file.close();
  }
}

function headerOf(groups: number): string {
  const names = Array.from({ length: groups * GROUP_COLUMNS }, (_, place) => `v${place}`);
  return ["id", "when", "amount", "share", ...names].join(",");
}

/** Every sixth cell a word, every sixth a decimal, the others small whole numbers; one in fifty is empty. */
function stretch(random: Random): string {
  const cells = Array.from({ length: GROUP_COLUMNS }, (_, place) => {
    if (random.below(50) === 0) return "";
    if (place % 6 === 4) return WORDS[random.below(WORDS.length)] as string;
    if (place % 6 === 5) return (random.below(1000) / 100).toFixed(2);
    return String(random.below(1000));
  });
  return cells.join(",");
}
