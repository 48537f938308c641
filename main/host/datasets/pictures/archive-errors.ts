/** What is wrong with an archive, in our own words: what the library for zips says in English is told apart here, and goes no further than the report. */
import { AppError } from "../../../../core/errors.ts";

/** Signs of each mistake in yauzl's words and in those of zlib. */
const CLIMBS = /^(?:absolute path|invalid relative path|invalid characters in fileName): (.*)$/s;
const ENCRYPTED = /encrypt/;
const IN_PARTS = /multi-disk/;
const OTHER_PACKING = /unsupported compression method/;
const CUT_OFF = /truncated|unexpected EOF|overflows file bounds|Invalid comment length/i;

/**
 * Of the whole archive, or of one file in it where `entry` is given.
 * @returns data.zip_climbs, data.zip_locked, data.zip_in_parts, data.zip_packing, data.zip_cut_off, data.zip_entry_damaged, data.zip_damaged
 */
export function archiveError(thrown: unknown, file: string, entry: string | null = null): AppError {
  if (thrown instanceof AppError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const because = { cause: thrown };
  const climbing = CLIMBS.exec(said)?.[1];
  if (climbing !== undefined) return new AppError("data.zip_climbs", { file, entry: climbing }, because);
  if (ENCRYPTED.test(said)) return new AppError("data.zip_locked", { file }, because);
  if (IN_PARTS.test(said)) return new AppError("data.zip_in_parts", { file }, because);
  if (entry !== null && OTHER_PACKING.test(said)) return new AppError("data.zip_packing", { file, entry }, because);
  if (CUT_OFF.test(said)) return new AppError("data.zip_cut_off", { file }, because);
  return entry === null
    ? new AppError("data.zip_damaged", { file }, because)
    : new AppError("data.zip_entry_damaged", { file, entry }, because);
}
