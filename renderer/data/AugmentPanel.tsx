/** What is done to pictures while they are trained on, and what that looks like; redrawn as the options change. */
import { useState } from "react";
import type { AugmentDocument, DataDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { Field, SwitchField } from "../ui/Field.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useText } from "../ui/texts.ts";
import { AugmentPreview } from "./AugmentPreview.tsx";
import { setAugment } from "./acts.ts";
import { previewSource, RANGES, SWITCHES } from "./augment.ts";
import { TextAugmentPanel } from "./TextAugmentPanel.tsx";

interface AugmentPanelProps {
  data: DataDocument;
  datasetId: string;
  profiles: ReadonlyMap<string, ColumnProfile>;
  rowCount: number;
}

const SHOWN_PICTURES = 4;
const NOTHING: AugmentDocument = { seed: null };
const LARGEST_SEED = 2 ** 32 - 1;

export function AugmentPanel({ data, datasetId, profiles, rowCount }: AugmentPanelProps) {
  const t = useText();
  const graph = useDocument((state) => state.design?.graph);
  const augment = data.augment ?? NOTHING;
  const source = graph === undefined ? null : previewSource(data, graph, profiles, rowCount, SHOWN_PICTURES);
  return (
    <div className="panel-body">
      <h3>{t("data.augment")}</h3>
      <p className="panel-note muted">{t("data.augment_help")}</p>
      {source === null ? (
        <p className="panel-note muted">{t("data.augment_no_pictures")}</p>
      ) : (
        <AugmentPreview datasetId={datasetId} source={source} augment={augment} />
      )}
      {SWITCHES.map((name) => (
        <SwitchField
          key={name}
          label={t(`data.augment.${name}`)}
          checked={augment[name] ?? false}
          onChange={(on) => setAugment({ [name]: on })}
        />
      ))}
      {RANGES.map((range) => (
        <Amount key={range.name} range={range} value={augment[range.name] ?? 0} />
      ))}
      <Seed seed={augment.seed} />
      <TextAugmentPanel data={data} datasetId={datasetId} />
    </div>
  );
}

/** Digits that a percentage needs, and no more than a share holds. */
const shown = (value: number, factor: number): number => Number((value * factor).toPrecision(6));

function Amount({ range: { name, most, usual, factor, unit }, value }: { range: (typeof RANGES)[number]; value: number }) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.augment_wrong", { most: shown(most, factor), unit });
  const step = factor === 1 && most <= 1 ? 0.05 : 1;
  const set = (amount: number): void => setAugment({ [name]: Number((amount / factor).toPrecision(6)) });
  return (
    <Field label={t(`data.augment.${name}`)} note={unit} help={t(`data.augment_help.${name}`)} helpOnLabel wrong={wrong}>
      {(control) => (
        <div className="slider-row">
          <input
            type="range"
            aria-label={t("data.slider", { name: t(`data.augment.${name}`) })}
            min={0}
            max={shown(usual, factor)}
            step={step}
            value={Math.min(shown(usual, factor), shown(value, factor))}
            onChange={(event) => set(Number(event.target.value))}
          />
          <NumberInput
            control={control}
            value={shown(value, factor)}
            check={(amount) => (amount !== null && amount >= 0 && amount <= shown(most, factor) ? null : bad)}
            onWrong={setWrong}
            onChange={(amount) => {
              if (amount !== null) set(amount);
            }}
            step={() => step}
            notANumber={bad}
          />
        </div>
      )}
    </Field>
  );
}

function Seed({ seed }: { seed: number | null }) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.split_seed_wrong");
  return (
    <Field label={t("data.augment_seed")} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={seed}
          placeholder={t("data.split_seed_training")}
          check={(value) => (value === null || (Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED) ? null : bad)}
          onWrong={setWrong}
          onChange={(value) => setAugment({ seed: value })}
          step={() => 1}
          notANumber={bad}
        />
      )}
    </Field>
  );
}
