/**
 * The real data sets that lie beside a checkout, not in it (../shared/data). A test that needs one is skipped aloud, with the
 * reason, where it is missing.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where a file of the real data sets is expected: `realData("hotel/hotel.csv.gz")`. */
export function realData(name: string): string {
  return fileURLToPath(new URL(`../../shared/data/${name}`, import.meta.url));
}

/** Skips the test that gives its context where one of the files is missing: `requireRealData(context, "hotel/hotel.csv.gz")`. */
export function requireRealData(context: { skip(condition: boolean, note: string): void }, ...names: readonly string[]): void {
  const missing = names.filter((name) => !existsSync(realData(name)));
  context.skip(missing.length > 0, `SKIPPED: ${missing.map((name) => `../shared/data/${name}`).join(", ")} is not there`);
}
