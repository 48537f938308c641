/** The values of a window, a line a row and the newest first; each can be changed. Of a long window only the lines in sight are made. */
import { spanOf, useScrollWindow } from "../../data/use-window.ts";
import { formatCount } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { columnNumber } from "../evaluation/slice-words.ts";
import type { Window } from "./series-window.ts";

export interface Change {
  readonly back: number;
  readonly column: string;
  /** Null is missing. */
  readonly value: string | null;
}
/** By line and column. */
export type Changes = Readonly<Record<string, Change>>;

export const changeKey = (back: number, column: string): string => `${back} ${column}`;
/** Of a line, in pixels, as forecast.css has it. */
const ROW_HEIGHT = 32;

interface WindowValuesProps {
  readonly window: Window;
  readonly changes: Changes;
  readonly onChange: (changes: Changes) => void;
}

export function WindowValues({ window: { rows, columns, dates }, changes, onChange }: WindowValuesProps) {
  const t = useText();
  const { ref, onScroll, top, height } = useScrollWindow();
  const { first, end } = spanOf(top, height, ROW_HEIGHT, rows.length);
  const backs = Array.from({ length: end - first }, (_, k) => first + k);
  const change = (back: number, column: string, text: string, own: string | null): void => {
    const { [changeKey(back, column)]: _old, ...others } = changes;
    const value = text === "" ? null : text;
    onChange(value === own ? others : { ...others, [changeKey(back, column)]: { back, column, value } });
  };
  return (
    <div ref={ref} onScroll={onScroll} className="forecast-values">
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col" className="clip" title={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr style={{ height: first * ROW_HEIGHT }} />}
          {backs.map((back) => {
            const row = rows[rows.length - 1 - back];
            return (
              <tr key={back} aria-rowindex={back + 2}>
                <th scope="row">{row === undefined ? "" : columnNumber(row.x, dates)}</th>
                {columns.map((column, place) => {
                  const own = row?.cells[place] ?? null;
                  const changed = changes[changeKey(back, column)];
                  return (
                    <td key={column}>
                      <input
                        className={changed === undefined ? "input" : "input is-changed"}
                        inputMode="decimal"
                        aria-label={t("forecast.cell", { column, back: formatCount(back) })}
                        placeholder={t("try.missing")}
                        value={(changed === undefined ? own : changed.value) ?? ""}
                        onChange={(event) => change(back, column, event.currentTarget.value, own)}
                      />
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {end < rows.length && <tr style={{ height: (rows.length - end) * ROW_HEIGHT }} />}
        </tbody>
      </table>
    </div>
  );
}
