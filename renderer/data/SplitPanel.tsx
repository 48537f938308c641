/** Target, split, and what comes out of the preparation: rows of both parts, class balance, features. */
import { useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { DataDocument, SplitDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { actWords } from "../ui/act-words.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { changeData, setLabels, setSampling, setSplit, setTargets } from "./acts.ts";
import { manyValuedTarget, separatorOf } from "./columns.ts";
import { type Fix, fixesFor, splitAtRandom } from "./fixes.ts";
import { LayoutResult } from "./LayoutResult.tsx";
import { useLayout } from "./layout.ts";
import { SeriesNote } from "./SeriesNote.tsx";
import { WindowPanel } from "./WindowPanel.tsx";
import { timeColumns } from "./window.ts";

interface SplitPanelProps {
  data: DataDocument;
  profiles: ReadonlyMap<string, ColumnProfile>;
  datasetId: string;
  rowCount: number;
}

const METHODS = ["stratified", "random", "grouped", "time", "column", "none"] as const satisfies readonly SplitDocument["method"][];
const LARGEST_SEED = 2 ** 32 - 1;

export function SplitPanel({ data, profiles, datasetId, rowCount }: SplitPanelProps) {
  const error = useLayout((state) => state.error);
  return (
    <div className="panel-body">
      <Targets data={data} profiles={profiles} rowCount={rowCount} />
      <Split data={data} profiles={profiles} />
      <Sampling data={data} />
      <WindowPanel data={data} datasetId={datasetId} rowCount={rowCount} />
      {error !== null && <CannotPrepare error={error} data={data} />}
      <LayoutResult data={data} rowCount={rowCount} />
    </div>
  );
}

function Targets({ data, profiles, rowCount }: Omit<SplitPanelProps, "datasetId">) {
  const t = useText();
  const targets = data.columns.filter(({ role }) => role === "target").map(({ name }) => name);
  const others = data.columns
    .filter(({ role, type }) => role !== "target" && type !== "text" && type !== "picture")
    .map(({ name }) => name);
  const prompt = t(targets.length === 0 ? "data.target_choose" : "data.target_add");
  return (
    <section className="panel-section first" aria-label={t("data.target")}>
      <h3>{t("data.target")}</h3>
      <ul className="targets">
        {targets.map((name) => (
          <li key={name}>
            <span className="clip" title={name}>
              {name}
            </span>
            <IconButton
              small
              icon="close"
              label={t("data.target_remove", { column: name })}
              onClick={() => setTargets(targets.filter((other) => other !== name))}
            />
          </li>
        ))}
      </ul>
      <Select
        aria-label={prompt}
        value=""
        options={[{ value: "", label: prompt }, ...others.map((name) => ({ value: name, label: name }))]}
        onChange={(name) => {
          if (name !== "") setTargets([...targets, name]);
        }}
      />
      <Lists data={data} profiles={profiles} />
      {targets.length === 0 && <p className="panel-note muted">{t("data.target_first")}</p>}
      <SeriesNote data={data} profiles={profiles} rowCount={rowCount} />
    </section>
  );
}

/** Of a target whose cells are lists: whether it is read as labels or as one class per combination. */
function Lists({ data, profiles }: Pick<SplitPanelProps, "data" | "profiles">) {
  const t = useText();
  const [target, ...others] = data.columns.filter(({ role }) => role === "target");
  const profile = target === undefined ? undefined : profiles.get(target.name);
  const separator = target?.lists ?? separatorOf(profile);
  if (target === undefined || others.length > 0 || separator === null) return null;
  const isRead = target.lists !== undefined;
  return (
    <>
      <SwitchField
        label={t("data.labels")}
        help={t("data.labels_help", { separator })}
        helpOnLabel
        checked={isRead}
        onChange={(on) => setLabels(target.name, on ? separator : null)}
      />
      <p className="panel-note muted">{isRead ? t("data.labels_on") : t("data.labels_off", { count: profile?.distinct ?? 0 })}</p>
    </>
  );
}

function Split({ data, profiles }: { data: DataDocument; profiles: ReadonlyMap<string, ColumnProfile> }) {
  const t = useText();
  const { split } = data;
  const [wrongShare, setWrongShare] = useState<string | null>(null);
  const [wrongSeed, setWrongSeed] = useState<string | null>(null);
  const manyValued = split.method === "stratified" ? manyValuedTarget(data, profiles) : null;
  const share = Number((100 * split.validation_fraction).toFixed(4));
  const drawn = split.method === "stratified" || split.method === "random" || split.method === "grouped";
  const hasShare = split.method === "column" ? split.validation_from_training === true : split.method !== "none";
  const readsColumn = split.method === "grouped" || split.method === "column";
  return (
    <section className="panel-section" aria-label={t("data.split")}>
      <h3>{t("data.split")}</h3>
      <Field label={t("data.split_method")}>
        {(control) => (
          <Select
            {...control}
            value={split.method}
            options={METHODS.map((value) => ({ value, label: t(`data.split.${value}`) }))}
            onChange={(method) => setSplit({ method })}
          />
        )}
      </Field>
      {readsColumn && (
        <Field label={t("data.split_column")}>
          {(control) => (
            <Select
              {...control}
              value={split.column ?? ""}
              options={[
                { value: "", label: t("data.split_column_choose") },
                ...data.columns.filter(({ type }) => type !== "picture").map(({ name }) => ({ value: name, label: name })),
              ]}
              onChange={(column) => setSplit({ column: column === "" ? null : column })}
            />
          )}
        </Field>
      )}
      {split.method === "time" && data.window === undefined && (
        <Field label={t("data.split_order")} help={t("data.split_order_help")} helpOnLabel>
          {(control) => (
            <Select
              {...control}
              value={split.order_by ?? ""}
              options={[
                { value: "", label: t("data.window_as_file") },
                ...timeColumns(data).map(({ name }) => ({ value: name, label: name })),
              ]}
              onChange={(name) => setSplit({ order_by: name === "" ? undefined : name })}
            />
          )}
        </Field>
      )}
      {manyValued !== null && (
        <div className="notice warn-notice">
          <Icon name="warning" size={14} />
          <p>{t("data.split_many_values", { column: manyValued, count: profiles.get(manyValued)?.distinct ?? 0 })}</p>
          <FixButton fix={splitAtRandom} />
        </div>
      )}
      {split.method === "column" && (
        <SwitchField
          label={t("data.split_from_training")}
          help={t("data.split_from_training_help")}
          helpOnLabel
          checked={split.validation_from_training === true}
          onChange={(on) => setSplit({ validation_from_training: on ? true : undefined })}
        />
      )}
      {hasShare && (
        <Field label={t("data.split_fraction")} note="%" wrong={wrongShare}>
          {(control) => (
            <div className="slider-row">
              <input
                type="range"
                aria-label={t("data.slider", { name: t("data.split_fraction") })}
                min={5}
                max={50}
                step={1}
                value={Math.min(50, Math.max(5, share))}
                onChange={(event) => setSplit({ validation_fraction: Number(event.target.value) / 100 })}
              />
              <NumberInput
                control={control}
                value={share}
                check={(value) => (value !== null && value > 0 && value < 100 ? null : t("data.split_fraction_wrong"))}
                onWrong={setWrongShare}
                onChange={(value) => {
                  if (value !== null) setSplit({ validation_fraction: Number((value / 100).toPrecision(12)) });
                }}
                step={() => 1}
                notANumber={t("data.split_fraction_wrong")}
              />
            </div>
          )}
        </Field>
      )}
      {split.method !== "none" && split.method !== "column" && <TestShare split={split} />}
      {drawn && (
        <Field label={t("data.split_seed")} wrong={wrongSeed}>
          {(control) => (
            <NumberInput
              control={control}
              value={split.seed}
              placeholder={t("data.split_seed_training")}
              check={(value) =>
                value === null || (Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED) ? null : t("data.split_seed_wrong")
              }
              onWrong={setWrongSeed}
              onChange={(seed) => setSplit({ seed })}
              step={() => 1}
              notANumber={t("data.split_seed_wrong")}
            />
          )}
        </Field>
      )}
    </section>
  );
}

/** Rows that are evaluated only when everything else is decided. */
function TestShare({ split }: { split: SplitDocument }) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const share = split.test_fraction === undefined ? null : Number((100 * split.test_fraction).toFixed(4));
  const fits = (value: number): boolean => value > 0 && value / 100 + split.validation_fraction < 1;
  return (
    <Field label={t("data.split_test")} note="%" wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={share}
          placeholder="–"
          check={(value) => (value === null || fits(value) ? null : t("data.split_test_wrong"))}
          onWrong={setWrong}
          onChange={(value) => setSplit({ test_fraction: value === null ? undefined : Number((value / 100).toPrecision(12)) })}
          step={() => 1}
          notANumber={t("data.split_test_wrong")}
        />
      )}
    </Field>
  );
}

/** Classes evened out among the training rows. */
function Sampling({ data }: { data: DataDocument }) {
  const t = useText();
  const isClasses = data.columns.some(({ role, type }) => role === "target" && (type === "categorical" || type === "text"));
  if (data.sampling === undefined && !isClasses && data.class_count === null) return null;
  return (
    <section className="panel-section" aria-label={t("data.sampling")}>
      <Field label={t("data.sampling")} help={t("data.sampling_help")} helpOnLabel>
        {(control) => (
          <Select
            {...control}
            value={data.sampling?.method ?? "none"}
            options={(["none", "over", "under"] as const).map((value) => ({ value, label: t(`data.sampling.${value}`) }))}
            onChange={(method) => setSampling(method === "none" ? null : method)}
          />
        )}
      </Field>
    </section>
  );
}

function FixButton({ fix }: { fix: Fix }) {
  const t = useText();
  const words = t(fix.label, fix.params);
  return (
    <Button small onClick={() => changeData(actWords(fix.label, fix.params), fix.change)}>
      {words}
    </Button>
  );
}

function CannotPrepare({ error, data }: { error: unknown; data: DataDocument }) {
  const t = useText();
  const language = useLanguage();
  const described = errorData(error);
  const fixes = fixesFor(described, data);
  return (
    <div className="notice bad-notice" role="alert">
      <Icon name="error" size={14} />
      <div>
        <b>{t("data.layout_wrong")}</b>
        <p>{errorText(described, language)}</p>
        {fixes.length > 0 && (
          <div className="row">
            {fixes.map((fix) => (
              <FixButton key={fix.label} fix={fix} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
