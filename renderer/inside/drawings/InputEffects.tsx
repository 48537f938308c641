/** What the prediction hangs on, drawn over the input: pictures beside their map, words with their colour and number, bars for columns. */
import { useMemo } from "react";
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { HeatLegend } from "../HeatMap.tsx";
import { cssOf, heatColour, heatScale } from "../heat-scale.ts";
import { arrayOf, asPicture, effectMatrix, type LookAnswer, type LookArray } from "../look-answer.ts";
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
  const picture = input.shape.length === 3 ? effectMatrix(effect) : null;
  // Of a series the numbers of a step stand together.
  const [, across = 1] = input.shape;
  const stepName = (place: number): string =>
    `${t("inside.word.step")} ${Math.floor(place / across) + 1}${across === 1 ? "" : ` · ${(place % across) + 1}`}`;
  return (
    <div className="inside-stack">
      <div className="inside-row">
        <Explained look={look} chosen={chosen} onExplain={onExplain} />
      </div>
      {picture !== null ? (
        <div className="inside-row">
          <Grid title={t("inside.picture")} matrix={greyOf(input)} kind="picture" width={240} />
          <Grid title={t(`inside.view.${view}`)} matrix={picture} kind="signed" width={240} />
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
