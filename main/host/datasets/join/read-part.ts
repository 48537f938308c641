import type { ErrorData } from "../../../../core/errors.ts";

/** One file as the table `source`. */
export interface ReadPart {
  readonly names: readonly string[];
  readonly rowCount: number;
  readonly sha256: string;
  readonly fileBytes: number;
  readonly encoding: string;
  readonly warnings: readonly ErrorData[];
}
