/** Columns of numbers that are the pixels of pictures: their height, width and channels, and the act that makes one column of them. */
import { useMemo, useState } from "react";
import type { DataDocument } from "../../core/graph/document.ts";
import { type PictureShape, pixelRun, shapeFor } from "../../core/graph/pixel-run.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useText } from "../ui/texts.ts";
import { chooseDataset, setTargets } from "./acts.ts";

interface TakePictures {
  readonly busy: boolean;
  readonly take: (columns: readonly string[], shape: PictureShape) => void;
}

/** Makes the data set with the pictures, and chooses it; targets that are still there stay. */
function useTakePictures(datasetId: string, data: DataDocument): TakePictures {
  const [busy, setBusy] = useState(false);
  const take = async (columns: readonly string[], [height, width, channels]: PictureShape): Promise<void> => {
    const targets = data.columns.filter(({ name, role }) => role === "target" && !columns.includes(name)).map(({ name }) => name);
    setBusy(true);
    try {
      const asked = { id: datasetId, columns: [...columns], shape: [height, width, channels] as [number, number, number] };
      const profile = await host().call("datasets.pictures_of_columns", asked);
      if (useDocument.getState().datasetId !== datasetId) return;
      await chooseDataset(profile);
      if (targets.length > 0) setTargets(targets);
    } finally {
      setBusy(false);
    }
  };
  return { busy, take: (columns, shape) => void take(columns, shape).catch(report) };
}

/** Said above the columns where their names look like pixels. */
export function PixelNote({ data, dataset }: { data: DataDocument; dataset: Dataset }) {
  const t = useText();
  const { busy, take } = useTakePictures(dataset.id, data);
  const { columns } = data;
  const run = useMemo(
    () => pixelRun(columns.filter(({ type, role }) => type === "numeric" && role !== "target").map(({ name }) => name)),
    [columns],
  );
  if (run === null) return null;
  const [height, width, channels] = run.shape;
  const named = { first: run.columns[0] ?? "", last: run.columns.at(-1) ?? "", count: formatCount(run.columns.length) };
  return (
    <ul className="data-notes" aria-label={t("data.pixels")}>
      <li>
        <Icon name="info" size={14} className="faint" />
        <span>{t("data.pixels_found", { ...named, height, width, channels })}</span>
        <Button small disabled={busy} onClick={() => take(run.columns, run.shape)}>
          {t("data.pixels_take")}
        </Button>
      </li>
    </ul>
  );
}

/** Beside columns that were chosen together. */
export function PixelForm({ data, dataset, names }: { data: DataDocument; dataset: Dataset; names: readonly string[] }) {
  const t = useText();
  const { busy, take } = useTakePictures(dataset.id, data);
  const run = pixelRun(names);
  const columns = run !== null && run.columns.length === names.length ? run.columns : names;
  const [shape, setShape] = useState<PictureShape>(
    run !== null && run.columns.length === names.length ? run.shape : shapeFor(names.length),
  );
  const [height, width, channels] = shape;
  const fits = height * width * channels === columns.length;
  return (
    <details className="pixel-form" open={run !== null && run.columns.length === names.length}>
      <summary>{t("data.pixels")}</summary>
      <div className="field-triple">
        <SideField
          label={t("data.pixels_height")}
          value={height}
          most={names.length}
          onChange={(side) => setShape([side, width, channels])}
        />
        <SideField
          label={t("data.pixels_width")}
          value={width}
          most={names.length}
          onChange={(side) => setShape([height, side, channels])}
        />
        <SideField label={t("data.pixels_channels")} value={channels} most={3} onChange={(count) => setShape([height, width, count])} />
      </div>
      {!fits && (
        <p className="panel-note bad">
          {t("data.pixels_do_not_fit", { pixels: formatCount(height * width * channels), columns: formatCount(columns.length) })}
        </p>
      )}
      <Button className="wide-button" disabled={!fits || busy} title={t("data.pixels_help")} onClick={() => take(columns, shape)}>
        {t("data.pixels_take")}
      </Button>
    </details>
  );
}

function SideField({ label, value, most, onChange }: { label: string; value: number; most: number; onChange: (value: number) => void }) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.window_rows_wrong", { most: formatCount(most) });
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={value}
          check={(side) => (side !== null && Number.isInteger(side) && side >= 1 && side <= most ? null : bad)}
          onWrong={setWrong}
          onChange={(side) => side !== null && onChange(side)}
          step={() => 1}
          notANumber={bad}
        />
      )}
    </Field>
  );
}
