/** The picture that went in, the sum over all channels, and what each channel gives. */
import { useMemo } from "react";
import { useText } from "../../ui/texts.ts";
import { HeatLegend, HeatMap, type Matrix } from "../HeatMap.tsx";
import { type HeatKind, heatScale } from "../heat-scale.ts";
import { arrayOf, channelOf, type LookAnswer, type LookArray } from "../look-answer.ts";
import { Tiles } from "./Tiles.tsx";

export function FeatureMaps({ look }: { look: LookAnswer }) {
  const t = useText();
  const [maps, summed, picture] = [arrayOf(look, "maps"), arrayOf(look, "summed"), arrayOf(look, "picture")];
  const scale = useMemo(() => heatScale("signed", maps?.values ?? []), [maps]);
  if (maps === null) return null;
  return (
    <div className="inside-columns">
      <div className="inside-pair">
        {picture !== null && <Grid title={t("inside.picture")} matrix={greyOf(picture)} kind="picture" />}
        {summed !== null && <Grid title={t("inside.summed")} matrix={{ ...shapeOf(summed), values: summed.values }} kind="signed" />}
      </div>
      <Tiles
        count={maps.shape[2] ?? 1}
        matrix={(channel) => channelOf(maps, channel)}
        scale={scale}
        word={t("inside.word.channel")}
        rowWord={t("inside.word.row")}
        columnWord={t("inside.word.column")}
      />
    </div>
  );
}

const shapeOf = ({ shape: [rows = 1, columns = 1] }: LookArray): { rows: number; columns: number } => ({ rows, columns });

/** Colour as grey: the mean of the channels. */
export function greyOf(picture: LookArray): Matrix {
  const channels = picture.shape[2] ?? 1;
  const { rows, columns } = shapeOf(picture);
  const values = Float32Array.from({ length: rows * columns }, (_, place) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += picture.values[place * channels + channel] ?? 0;
    return sum / channels;
  });
  return { rows, columns, values };
}

export function Grid({ title, matrix, kind, width = 140 }: { title: string; matrix: Matrix; kind: HeatKind; width?: number }) {
  const t = useText();
  const scale = useMemo(() => heatScale(kind, Array.from(matrix.values)), [kind, matrix]);
  return (
    <section>
      <h3>{title}</h3>
      <HeatMap
        matrix={matrix}
        scale={scale}
        label={title}
        rowWord={t("inside.word.row")}
        columnWord={t("inside.word.column")}
        width={width}
      />
      <HeatLegend scale={scale} />
    </section>
  );
}
