/** Rows put together by a code that each has: its class, or its group. */

/** Rows of each code, by code; rows of one code keep their order. */
export function byCode(rows: Uint32Array, codes: Int32Array): number[][] {
  const rowsOf = new Map<number, number[]>();
  for (const row of rows) {
    const code = codes[row] as number;
    const known = rowsOf.get(code);
    if (known === undefined) rowsOf.set(code, [row]);
    else known.push(row);
  }
  return [...rowsOf.entries()].sort(([a], [b]) => a - b).map(([, own]) => own);
}
