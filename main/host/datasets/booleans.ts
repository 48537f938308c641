/** Columns of two words that say yes and no, in the languages and cases that people write them in. */
import { sortClasses } from "../../../core/steps/order.ts";
import type { Database } from "./duckdb.ts";

const PAIRS: readonly (readonly [no: string, yes: string])[] = [
  ["no", "yes"],
  ["n", "y"],
  ["false", "true"],
  ["f", "t"],
  ["nein", "ja"],
  ["n", "j"],
  ["non", "oui"],
  ["no", "si"],
  ["no", "sí"],
  ["no", "sì"],
  ["não", "sim"],
  ["нет", "да"],
  ["off", "on"],
  ["否", "是"],
  ["假", "真"],
  ["いいえ", "はい"],
];
const KNOWN = new Set(PAIRS.map((pair) => [...pair].sort().join(" ")));

/**
 * Looks at table `counts` of profile.ts.
 * @returns the two values by place, in the order in which the ordinal step makes them 0 and 1
 */
export async function findBooleans(database: Database): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await database.rows(
    "SELECT place, min(value), max(value) FROM counts GROUP BY place HAVING count(*) = 2 AND count(number) = 0 AND max(length(value)) <= 5",
  );
  return new Map(
    rows.flatMap(([place, first, second]) => {
      const pair = [String(first), String(second)];
      const known = KNOWN.has(
        pair
          .map((value) => value.toLowerCase())
          .sort()
          .join(" "),
      );
      return known ? [[Number(place), sortClasses(pair)] as const] : [];
    }),
  );
}
