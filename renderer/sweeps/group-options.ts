/** What the members of a group set, as columns of tables. */
import { formatFigure } from "../ui/format.ts";

export interface GroupOption {
  readonly key: string;
  readonly name: string;
  /** Of an option of the design: its values in words. */
  readonly textOf?: (value: unknown) => string;
}

/** Folds and bags count from 1 for people. */
export function valueText(value: unknown, { key, textOf = String }: GroupOption): string {
  if ((key === "fold" || key === "bag") && typeof value === "number") return String(value + 1);
  return typeof value === "number" ? formatFigure(value) : value === undefined ? "" : textOf(value);
}
