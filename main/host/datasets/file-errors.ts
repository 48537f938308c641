/** Errors of the file system and of DuckDB in the words of the catalogue; what is not known stays a fault of ours. */
import { AppError } from "../../../core/errors.ts";

const CODES: Readonly<Record<string, string>> = {
  ENOENT: "data.file_not_found",
  ENOTDIR: "data.file_not_found",
  EISDIR: "data.is_a_directory",
  EACCES: "data.file_not_readable",
  EPERM: "data.file_not_readable",
  EIO: "data.file_not_readable",
  ESTALE: "data.file_not_readable",
  ENOSPC: "data.disk_full",
  EFBIG: "data.disk_full",
  EDQUOT: "data.disk_full",
};

const DAMAGED_GZIP = ["Z_DATA_ERROR", "Z_BUF_ERROR"];

/** Whether zlib could not unpack what it was given. */
export function isDamagedGzip(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && DAMAGED_GZIP.includes(String(thrown.code));
}

/** @param file the file that the person chose, as they know it */
export function fileError(thrown: unknown, file: string): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
  if (isDamagedGzip(thrown)) return new AppError("data.gzip_damaged", { file }, { cause: thrown });
  const known = CODES[code];
  if (known !== undefined) return new AppError(known, { file }, { cause: thrown });
  // DuckDB gives words only: "Could not write all bytes to file", "No space left on device", "File too large".
  if (/no space left|could not write|file too large|disk quota/i.test(thrown.message))
    return new AppError("data.disk_full", { file }, { cause: thrown });
  return thrown;
}
