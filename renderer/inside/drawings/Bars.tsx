/** A number a unit, feature or word, as bars from a line at 0: blue to the right, orange to the left, the number beside it. */
import { useMemo } from "react";
import { columnFormat } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";

const MOST_BARS = 400;
/** More are not read from the first to the last: the strongest come first. */
const READ_IN_ORDER = 64;

interface BarsProps {
  readonly values: ArrayLike<number>;
  readonly nameOf: (place: number) => string;
  readonly label: string;
}

export function Bars({ values, nameOf, label }: BarsProps) {
  const t = useText();
  const all = useMemo(() => inOrder(values), [values]);
  const shown = all.slice(0, MOST_BARS);
  const most = all.reduce((before, { value }) => Math.max(before, Math.abs(value)), 0) || 1;
  const written = useMemo(() => columnFormat(all.map(({ value }) => value)), [all]);
  const signed = shown.some(({ value }) => value < 0);
  return (
    <>
      {all.length > READ_IN_ORDER && <p className="faint">{t("inside.strongest_first", { count: all.length })}</p>}
      <ul className={signed ? "inside-bars signed" : "inside-bars"} aria-label={label}>
        {shown.map(({ value, place }) => (
          <li key={place}>
            <span className="clip" title={nameOf(place)}>
              {nameOf(place)}
            </span>
            <span className="bar-track" aria-hidden="true">
              <i className={value < 0 ? "negative" : "positive"} style={{ width: `${(Math.abs(value) / most) * (signed ? 50 : 100)}%` }} />
            </span>
            <span className="number">{written(value)}</span>
          </li>
        ))}
      </ul>
      {shown.length < all.length && <p className="faint">{t("inside.tiles_more", { shown: shown.length, count: all.length })}</p>}
    </>
  );
}

function inOrder(values: ArrayLike<number>): { readonly value: number; readonly place: number }[] {
  const all = Array.from(values, (value, place) => ({ value, place }));
  return all.length <= READ_IN_ORDER ? all : all.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.place - b.place);
}
