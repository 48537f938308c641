/** What a built-in set looks like: its first pictures where its columns are pixels, its first texts, otherwise its points. */
import { useMemo } from "react";
import { pixelRun } from "../../core/graph/pixel-run.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { PixelPicture, type Pixels } from "../ui/PixelPicture.tsx";
import { useText } from "../ui/texts.ts";
import { Scatter } from "./Scatter.tsx";
import { firstPictures, textColumn } from "./sketches.ts";

type Rows = MethodOutput<"datasets.sketch">;

const SHOWN_TEXTS = 5;

export function SketchOf({ columns, rows, title }: Rows & { title: string }) {
  const t = useText();
  const run = useMemo(() => pixelRun(columns), [columns]);
  const text = textColumn(columns, rows);
  if (run !== null) return <Pictures pictures={firstPictures(columns, rows, run)} label={t("data.sketch_pictures", { name: title })} />;
  if (text !== null)
    return (
      <ul className="sketch-texts" aria-label={t("data.sketch_texts", { name: title })}>
        {rows.slice(0, SHOWN_TEXTS).map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other mark
          <li key={place}>{row[text]}</li>
        ))}
      </ul>
    );
  return (
    <Scatter
      columns={columns}
      rows={rows}
      label={t("data.sketch_label", { name: title, count: rows.length, x: columns[0] ?? "", y: columns[1] ?? "" })}
    />
  );
}

function Pictures({ pictures, label }: { pictures: readonly Pixels[]; label: string }) {
  return (
    <div className="sketch-pictures" role="img" aria-label={label}>
      {pictures.map((pixels, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pictures are drawn all anew
        <PixelPicture key={place} pixels={pixels} />
      ))}
    </div>
  );
}
