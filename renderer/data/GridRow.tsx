/** A row of the grid and its cells. It is drawn once while it is in sight: a wheel brings five new rows a frame, and forty stay. */
import { memo } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import { formatCount } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { PictureCanvas } from "./PictureCanvas.tsx";
import type { SeenRow } from "./row-pages.ts";

const PICTURE_SIDE = 46;
const SERIES = 8;
const USUAL_MISSING: readonly string[] = ["", "NA", "NaN", "NULL", "null"];

/** What all rows are drawn by; the same object as long as nothing of it changes. */
export interface RowLook {
  readonly dataset: string;
  readonly documents: ReadonlyMap<string, ColumnDocument>;
  /** Of each class, for its colour. */
  readonly places: ReadonlyMap<string, number>;
  /** Rows left out by hand, and labels given by hand by row and column. */
  readonly choices: { readonly excluded: ReadonlySet<number>; readonly labels: ReadonlyMap<string, string> };
}

interface GridRowProps {
  /** Its place in the order asked for, from 0. */
  row: number;
  /** Undefined while the page is read. */
  seen: SeenRow | undefined;
  height: number;
  /** Names of the columns in sight, the first of which is column `first`. */
  shown: readonly string[];
  first: number;
  /** There are columns out of sight on that side. */
  spaceLeft: boolean;
  spaceRight: boolean;
  look: RowLook;
  /** The number of the row was chosen. */
  onRow: (row: SeenRow) => void;
}

export const GridRow = memo(function GridRow({ row, seen, height, shown, first, spaceLeft, spaceRight, look, onRow }: GridRowProps) {
  const t = useText();
  const { documents, places, choices, dataset } = look;
  const leftOut = seen !== undefined && choices.excluded.has(seen.number);
  return (
    <tr aria-rowindex={row + 2} className={leftOut ? "left-out" : undefined} style={{ height }}>
      <th scope="row" className="row-number number">
        {seen !== undefined && (
          <button
            type="button"
            className="sort-by"
            title={t("rows.choose", { row: formatCount(seen.number + 1) })}
            onClick={() => onRow(seen)}
          >
            {formatCount(seen.number + 1)}
            {leftOut && <span className="visually-hidden"> {t("rows.left_out")}</span>}
          </button>
        )}
      </th>
      {spaceLeft && <td />}
      {shown.map((name, index) => (
        <Cell
          key={name}
          value={seen?.cells[first + index]}
          chosen={seen === undefined || choices.labels.size === 0 ? undefined : choices.labels.get(`${seen.number} ${name}`)}
          column={documents.get(name)}
          places={places}
          dataset={dataset}
          t={t}
        />
      ))}
      {spaceRight && <td />}
    </tr>
  );
});

interface CellProps {
  /** Undefined while the page is read. */
  value: string | null | undefined;
  /** The label that it was given by hand. */
  chosen: string | undefined;
  column: ColumnDocument | undefined;
  places: ReadonlyMap<string, number>;
  dataset: string;
  t: ReturnType<typeof useText>;
}

function Cell({ value, chosen, column, places, dataset, t }: CellProps) {
  if (value === undefined) return <td />;
  if (chosen !== undefined)
    return (
      <td className="clip relabelled" title={t("rows.file_says", { label: value ?? "–" })}>
        <b>{chosen}</b> <s className="faint">{value}</s>
      </td>
    );
  const tokens = column?.missing_tokens ?? USUAL_MISSING;
  const trimmed = value?.trim() ?? "";
  if (trimmed === "" || tokens.includes(trimmed))
    return <td className="missing clip">{trimmed === "" ? t("data.cell_missing") : `${trimmed} · ${t("data.cell_missing")}`}</td>;
  if (column?.type === "picture" && /^\d+$/.test(trimmed))
    return (
      <td>
        <PictureCanvas
          dataset={dataset}
          picture={Number(trimmed)}
          side={PICTURE_SIDE}
          label={t("data.picture_named", { row: trimmed, label: column.name })}
        />
      </td>
    );
  const place = column?.role === "target" ? (places.get(trimmed) ?? places.get(String(Number(trimmed)))) : undefined;
  const look = [column?.type === "numeric" ? "number right" : "", column?.role === "ignored" ? "unused" : ""].join(" ");
  return (
    <td className={`clip ${look}`} title={trimmed}>
      {place !== undefined && (
        <i className="class-dot" style={{ background: `var(--series-${(place % SERIES) + 1})` }} aria-hidden="true" />
      )}
      {trimmed}
    </td>
  );
}
