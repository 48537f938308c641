/** What the prediction hangs on, drawn over the input: pictures beside their map, words with their colour and number, bars for columns. */
import { useMemo } from "react";
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { HeatLegend } from "../HeatMap.tsx";
import { cssOf, heatColour, heatScale } from "../heat-scale.ts";
import { arrayOf, asPicture, type LookAnswer, type LookArray } from "../look-answer.ts";
import type { ExplainedNumber } from "../look-question.ts";
import { useHeatColours } from "../use-heat-colours.ts";
import { Bars } from "./Bars.tsx";
import { Explained } from "./Explained.tsx";
import { Grid, greyOf } from "./FeatureMaps.tsx";

interface InputEffectsProps {
  readonly look: LookAnswer;
  readonly view: "saliency" | "occlusion";
  readonly explained: ExplainedNumber | null;
  readonly onExplain: (explained: ExplainedNumber | null) => void;
}

export function InputEffects({ look, view, explained: chosen, onExplain }: InputEffectsProps) {
  const t = useText();
  const { steps = null, units = null } = look.labels;
  const [input, effect] = [arrayOf(look, "input"), arrayOf(look, view)].map((array) => array && asPicture(array, units));
  if (input == null || effect == null) return null;
  // Of a series the numbers of a step stand together.
  const [, across = 1] = input.shape;
  const stepName = (place: number): string =>
    `${t("inside.word.step")} ${Math.floor(place / across) + 1}${across === 1 ? "" : ` · ${(place % across) + 1}`}`;
  return (
    <div className="inside-stack">
      <div className="inside-row">
        <Explained look={look} chosen={chosen} onExplain={onExplain} />
      </div>
      {input.shape.length === 3 ? (
        <div className="inside-row">
          <Grid title={t("inside.picture")} matrix={greyOf(input)} kind="picture" width={240} />
          <Grid
            title={t(`inside.view.${view}`)}
            matrix={effect.shape.length === 3 ? strongest(effect) : flat(effect)}
            kind="signed"
            width={240}
          />
        </div>
      ) : steps !== null ? (
        <Words words={steps} effect={effect} />
      ) : (
        <Bars
          values={effect.values}
          nameOf={(place) =>
            units?.[place] ?? (input.shape.length === 2 ? stepName(place) : t("inside.unit_number", { number: place + 1 }))
          }
          label={t(`inside.view.${view}`)}
        />
      )}
    </div>
  );
}

const flat = ({ shape: [rows = 1, columns = 1], values }: LookArray) => ({ rows, columns, values });

/** Of each place the channel that moves the prediction most, with its sign. */
function strongest({ shape: [rows = 1, columns = 1, channels = 1], values }: LookArray) {
  const most = Float32Array.from({ length: rows * columns }, (_, place) => {
    let found = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      const value = values[place * channels + channel] ?? 0;
      if (Math.abs(value) > Math.abs(found)) found = value;
    }
    return found;
  });
  return { rows, columns, values: most };
}

function Words({ words, effect }: { words: readonly string[]; effect: LookArray }) {
  const colours = useHeatColours();
  const scale = useMemo(() => heatScale("signed", effect.values), [effect]);
  return (
    <>
      <HeatLegend scale={scale} />
      <p className="inside-words">
        {words.map((word, place) =>
          word === "" ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: words may stand twice
            <span key={place} className="inside-word">
              {word}
              <i style={{ background: cssOf(heatColour(effect.values[place] ?? 0, scale, colours)) }} />
              <small className="number">{formatFigure(effect.values[place] ?? null, 2)}</small>
            </span>
          ),
        )}
      </p>
    </>
  );
}
