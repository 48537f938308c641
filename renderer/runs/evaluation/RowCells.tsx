/** A row of the data in a table of rows: the heads of its columns and their values, pictures drawn. */
import { PictureCanvas } from "../../data/PictureCanvas.tsx";
import { formatFigure } from "../../ui/format.ts";
import { PixelCanvas } from "./PixelCanvas.tsx";
import type { ShownColumn } from "./shown-columns.ts";

const PICTURE_SIDE = 40;
/** More digits than anyone reads in a row; the cell's hint has them all. */
const LONG_NUMBER = /^-?\d*\.\d{5,}(e[-+]?\d+)?$/i;

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
  return columns.map(({ name, place, picture, pixels }) =>
    pixels === undefined ? (
      <td key={name} className="clip" title={picture ? undefined : (cells[place] ?? "")}>
        <Cell dataset={dataset} name={name} value={cells[place] ?? null} picture={picture} />
      </td>
    ) : (
      <td key={name}>
        <PixelCanvas cells={pixels.places.map((one) => cells[one] ?? null)} shape={pixels.shape} label={name} side={PICTURE_SIDE} />
      </td>
    ),
  );
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
