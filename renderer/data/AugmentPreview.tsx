/** Some pictures as they are and, beside each, as they would come in further epochs. */
import { useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { AugmentDocument } from "../../core/graph/document.ts";
import type { MethodInput } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { errorText } from "../ui/error-text.ts";
import { PixelPicture, type Pixels } from "../ui/PixelPicture.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { toRgba } from "./picture-store.ts";

interface AugmentPreviewProps {
  datasetId: string;
  source: MethodInput<"datasets.augmented">["from"];
  augment: AugmentDocument;
}

/** One picture as it is and changed. */
interface PreviewRow {
  readonly row: number;
  readonly pictures: readonly { readonly place: number; readonly pixels: Pixels }[];
}

const VARIANTS = 4;
/** Longest side asked for, and drawn. */
const SIZE = 48;
/** A slider that is being pulled asks when it rests. */
const AFTER_MS = 120;

export function AugmentPreview({ datasetId, source, augment }: AugmentPreviewProps) {
  const t = useText();
  const language = useLanguage();
  const [rows, setRows] = useState<readonly PreviewRow[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = JSON.stringify({ source, augment });
  useEffect(() => {
    let current = true;
    const { source: from, augment: options } = JSON.parse(asked) as Pick<AugmentPreviewProps, "source" | "augment">;
    const timer = setTimeout(() => {
      host()
        .call("datasets.augmented", { id: datasetId, from, augment: options, variants: VARIANTS, size: SIZE })
        .then((answer) => {
          if (!current) return;
          setRows(rowsOf(answer));
          setError(null);
        })
        .catch((thrown: unknown) => {
          if (current) setError(thrown);
        });
    }, AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [datasetId, asked]);
  if (error !== null) return <p className="panel-note bad">{errorText(errorData(error), language)}</p>;
  return (
    <figure className="augment-preview" aria-label={t("data.augment_preview")} aria-busy={rows === null}>
      <figcaption className="faint">{t("data.augment_preview_heads")}</figcaption>
      {(rows ?? []).map(({ row, pictures }) => (
        <div key={row}>
          {pictures.map(({ place, pixels }) => (
            <PixelPicture
              key={place}
              pixels={pixels}
              label={t(place === 0 ? "data.augment_original" : "data.augment_changed", { row: row + 1, place })}
            />
          ))}
        </div>
      ))}
    </figure>
  );
}

function rowsOf({ shape: [height, width, channels], pixels }: { shape: [number, number, number]; pixels: string }): PreviewRow[] {
  const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
  const each = height * width * channels;
  const all = Array.from({ length: bytes.length / each }, (_, place) => ({
    height,
    width,
    rgba: toRgba(bytes.subarray(place * each, (place + 1) * each), channels),
  }));
  const rowCount = all.length / (1 + VARIANTS);
  return Array.from({ length: rowCount }, (_, row) => ({
    row,
    pictures: all.slice(row * (1 + VARIANTS), (row + 1) * (1 + VARIANTS)).map((picture, place) => ({ place, pixels: picture })),
  }));
}
