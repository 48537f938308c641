/** A number a unit, feature or word, as bars from a line at 0: blue to the right, orange to the left, the number beside it. */
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";

const MOST_BARS = 400;

interface BarsProps {
  readonly values: ArrayLike<number>;
  readonly nameOf: (place: number) => string;
  readonly label: string;
}

export function Bars({ values, nameOf, label }: BarsProps) {
  const t = useText();
  const shown = Math.min(values.length, MOST_BARS);
  const all = Array.from({ length: shown }, (_, place) => values[place] ?? 0);
  const most = all.reduce((before, value) => Math.max(before, Math.abs(value)), 0) || 1;
  const signed = all.some((value) => value < 0);
  return (
    <>
      <ul className={signed ? "inside-bars signed" : "inside-bars"} aria-label={label}>
        {all.map((value, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: units are known by their place
          <li key={place}>
            <span className="clip" title={nameOf(place)}>
              {nameOf(place)}
            </span>
            <span className="bar-track" aria-hidden="true">
              <i className={value < 0 ? "negative" : "positive"} style={{ width: `${(Math.abs(value) / most) * (signed ? 50 : 100)}%` }} />
            </span>
            <span className="number">{formatFigure(value, 3)}</span>
          </li>
        ))}
      </ul>
      {shown < values.length && <p className="faint">{t("inside.tiles_more", { shown, count: values.length })}</p>}
    </>
  );
}
