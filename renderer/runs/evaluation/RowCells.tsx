/** A row of the data in a table of rows: which of its columns stand there, their heads, and their values, pictures drawn. */
import type { DataDocument } from "../../../core/graph/document.ts";
import { PictureCanvas } from "../../data/PictureCanvas.tsx";
import { formatFigure } from "../../ui/format.ts";

const PICTURE_SIDE = 40;
/** More digits than anyone reads in a row; the cell's hint has them all. */
const LONG_NUMBER = /^-?\d*\.\d{5,}(e[-+]?\d+)?$/i;

export interface ShownColumn {
  readonly name: string;
  /** In the cells of a row. */
  readonly place: number;
  readonly picture: boolean;
}

/** All but targets, which are told already by what should have been said, and what the design leaves out. */
export function shownColumns(names: readonly string[], columns: DataDocument["columns"] | undefined): ShownColumn[] {
  const documents = new Map(columns?.map((column) => [column.name, column]));
  return names.flatMap((name, place) => {
    const role = documents.get(name)?.role ?? "feature";
    return role === "target" || role === "ignored" ? [] : [{ name, place, picture: documents.get(name)?.type === "picture" }];
  });
}

/** What is, or what was said, in a line. */
export const answerWords = (answer: readonly (string | number)[]): string =>
  answer.map((one) => (typeof one === "number" ? formatFigure(one) : one)).join(", ") || "–";

export function ColumnHeads({ columns }: { readonly columns: readonly ShownColumn[] }) {
  return columns.map(({ name }) => (
    <th key={name} scope="col" className="clip" title={name}>
      {name}
    </th>
  ));
}

interface RowCellsProps {
  readonly columns: readonly ShownColumn[];
  readonly cells: readonly (string | null)[];
  /** Whose pictures are drawn. */
  readonly dataset: string | null;
}

export function RowCells({ columns, cells, dataset }: RowCellsProps) {
  return columns.map(({ name, place, picture }) => (
    <td key={name} className="clip" title={picture ? undefined : (cells[place] ?? "")}>
      <Cell dataset={dataset} name={name} value={cells[place] ?? null} picture={picture} />
    </td>
  ));
}

/** A value as it is read in a list; the file may have it with more digits. */
export const cellText = (value: string): string => (LONG_NUMBER.test(value) ? formatFigure(Number(value)) : value);

interface CellProps {
  readonly dataset: string | null;
  readonly name: string;
  readonly value: string | null;
  readonly picture: boolean;
}

function Cell({ dataset, name, value, picture }: CellProps) {
  if (value === null) return <span className="faint">–</span>;
  if (!picture || dataset === null) return cellText(value);
  return <PictureCanvas dataset={dataset} picture={Number(value)} label={name} side={PICTURE_SIDE} />;
}
