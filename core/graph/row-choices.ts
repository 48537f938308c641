/**
 * Choices about single rows, kept in the data section of a design: rows that are in no part, and cells that hold another label than the
 * file says. Pure functions from one data section to the next; rows are named by their place in the data set of one fingerprint.
 */
import type { DataDocument, RowChoicesDocument } from "./document.ts";

/** Where a row stands, and of which data. */
export interface RowPlace {
  /** Of the data set. */
  readonly fingerprint: string;
  /** In the file, from 0. */
  readonly row: number;
}

const none = (fingerprint: string): RowChoicesDocument => ({ fingerprint, excluded: [], relabelled: [] });

/** Choices about another data set say nothing of this one. */
export function choicesOf({ row_choices: choices }: Pick<DataDocument, "row_choices">, fingerprint: string): RowChoicesDocument {
  return choices?.fingerprint === fingerprint ? choices : none(fingerprint);
}

/** A data section without choices has no field for them. */
function withChoices(data: DataDocument, choices: RowChoicesDocument): DataDocument {
  const { row_choices: _, ...rest } = data;
  return choices.excluded.length === 0 && choices.relabelled.length === 0 ? rest : { ...rest, row_choices: choices };
}

/** The row is in no part any more; or it is again. */
export function withExcluded(data: DataDocument, { fingerprint, row }: RowPlace, excluded: boolean): DataDocument {
  const choices = choicesOf(data, fingerprint);
  if (choices.excluded.includes(row) === excluded) return data;
  const others = choices.excluded.filter((one) => one !== row);
  return withChoices(data, { ...choices, excluded: excluded ? [...others, row].sort((a, b) => a - b) : others });
}

/** The cell holds this label from now on; null: what the file says. */
export function withLabel(data: DataDocument, { fingerprint, row }: RowPlace, column: string, label: string | null): DataDocument {
  const choices = choicesOf(data, fingerprint);
  const others = choices.relabelled.filter((one) => one.row !== row || one.column !== column);
  if (label === null && others.length === choices.relabelled.length) return data;
  const relabelled = label === null ? others : [...others, { row, column, value: label }];
  return withChoices(data, { ...choices, relabelled: relabelled.sort((a, b) => a.row - b.row || (a.column < b.column ? -1 : 1)) });
}

export function withoutRowChoices(data: DataDocument): DataDocument {
  const { row_choices: _, ...rest } = data;
  return rest;
}

/** How many rows are left out, and how many have another label. */
export function countChoices(data: Pick<DataDocument, "row_choices"> | null): { excluded: number; relabelled: number } {
  const { excluded = [], relabelled = [] } = data?.row_choices ?? {};
  return { excluded: excluded.length, relabelled: new Set(relabelled.map(({ row }) => row)).size };
}
