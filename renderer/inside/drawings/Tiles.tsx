/** Many small pictures of one kind, of which one is looked at closely: maps of channels, filters, units over a plane. */
import { type KeyboardEvent, useState } from "react";
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { type Axes, HeatLegend, HeatMap, HeatPicture, type HeatPoint, type Matrix } from "../HeatMap.tsx";
import type { HeatScale } from "../heat-scale.ts";

/** More would be more than a screen. */
const MOST_TILES = 256;

interface TilesProps {
  readonly count: number;
  readonly matrix: (place: number) => Matrix;
  readonly scale: HeatScale;
  /** "channel", "filter", "unit" */
  readonly word: string;
  readonly rowWord: string;
  readonly columnWord: string;
  readonly rowNames?: readonly string[] | null;
  readonly columnNames?: readonly string[] | null;
  readonly showNames?: boolean;
  readonly axes?: Axes;
  readonly points?: readonly HeatPoint[];
  /** Of the one that is looked at closely, in pixels. */
  readonly width?: number;
}

export function Tiles(props: TilesProps) {
  const { count, matrix, scale, word, rowWord, columnWord, rowNames = null, columnNames = null } = props;
  const { showNames = false, points = [], width = 200, axes } = props;
  const t = useText();
  const [wanted, setWanted] = useState(0);
  const chosen = Math.min(wanted, Math.max(0, count - 1));
  const shown = Math.min(count, MOST_TILES);
  const key = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -chosen, End: shown - 1 - chosen }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(shown - 1, chosen + step));
    setWanted(next);
    event.currentTarget.querySelectorAll<HTMLButtonElement>("button")[next]?.focus();
  };
  return (
    <div className="inside-tiles">
      <div className="tile-list" role="toolbar" aria-label={t("inside.tiles", { word })} onKeyDown={key}>
        {Array.from({ length: shown }, (_, place) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: channels are known by their place
            key={place}
            type="button"
            aria-pressed={place === chosen}
            aria-label={t("inside.tile", { word, number: place + 1, most: formatFigure(mostOf(matrix(place)), 3) })}
            tabIndex={place === chosen ? 0 : -1}
            onClick={() => setWanted(place)}
          >
            <HeatPicture matrix={matrix(place)} scale={scale} label={null} />
            <span className="number">{place + 1}</span>
          </button>
        ))}
        {shown < count && <p className="faint">{t("inside.tiles_more", { shown, count })}</p>}
      </div>
      <div className="tile-close">
        <h3>{t("inside.tile_close", { word, number: chosen + 1 })}</h3>
        <HeatMap
          matrix={matrix(chosen)}
          scale={scale}
          label={t("inside.tile_close", { word, number: chosen + 1 })}
          rowWord={rowWord}
          columnWord={columnWord}
          rowNames={rowNames}
          columnNames={columnNames}
          showNames={showNames}
          {...(axes === undefined ? {} : { axes })}
          points={points}
          width={width}
        />
        <HeatLegend scale={scale} />
      </div>
    </div>
  );
}

function mostOf({ values }: Matrix): number {
  let most = 0;
  for (let place = 0; place < values.length; place += 1) most = Math.max(most, Math.abs(values[place] ?? 0));
  return most;
}
