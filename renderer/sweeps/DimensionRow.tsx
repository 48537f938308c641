/** One option of a sweep: from where to where, on which scale, or which values. */
import { useId, useState } from "react";
import type { ShapeField } from "../../core/schema/fields.ts";
import type { Dimension, RangeValues, Target } from "../../core/sweeps/plan.ts";
import { IconButton } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { formatFigure } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { type Bounds, optionValueText, readSizes, type SweepChoice } from "./sweep-options.ts";

interface DimensionRowProps {
  name: string;
  dimension: Dimension;
  /** Whether the number of points counts: of a grid it does. */
  grid: boolean;
  /** What may be chosen, with its words, where the option is a choice. */
  choices: readonly SweepChoice[] | null;
  /** Between which a number of the option may lie. */
  bounds: Bounds;
  /** Of an option that is a shape: what may be listed. */
  sizes: ShapeField | null;
  onChange: (dimension: Dimension | null) => void;
}

export function DimensionRow({ name, dimension, grid, choices, bounds, sizes, onChange }: DimensionRowProps) {
  const t = useText();
  const { values } = dimension;
  return (
    <li className="sweep-dimension">
      <b className="clip" title={name}>
        {name}
      </b>
      {values.form === "list" && choices !== null ? (
        <Choices
          name={name}
          choices={choices}
          values={values.values}
          onChange={(list) => onChange({ ...dimension, values: { form: "list", values: list } })}
        />
      ) : values.form === "list" && sizes !== null ? (
        <SizesInput
          name={name}
          field={sizes}
          target={dimension.target}
          values={values.values}
          onChange={(list) => onChange({ ...dimension, values: { form: "list", values: list } })}
        />
      ) : values.form === "list" ? (
        <ListInput
          name={name}
          values={values.values}
          onChange={(list) => onChange({ ...dimension, values: { form: "list", values: list } })}
        />
      ) : (
        <RangeInputs
          name={name}
          values={values}
          grid={grid}
          bounds={bounds}
          onChange={(range) => onChange({ ...dimension, values: range })}
        />
      )}
      <IconButton small icon="trash" label={t("sweep.remove", { name })} onClick={() => onChange(null)} />
    </li>
  );
}

function RangeInputs({
  name,
  values,
  grid,
  bounds,
  onChange,
}: {
  name: string;
  values: RangeValues;
  grid: boolean;
  bounds: Bounds;
  onChange: (values: RangeValues) => void;
}) {
  const t = useText();
  return (
    <span className="sweep-range">
      <NumberBox
        label={t("sweep.option_of", { owner: name, option: t("sweep.low") })}
        value={values.low}
        whole={values.whole}
        {...bounds}
        onChange={(low) => onChange({ ...values, low })}
      />
      <span aria-hidden="true">–</span>
      <NumberBox
        label={t("sweep.option_of", { owner: name, option: t("sweep.high") })}
        value={values.high}
        whole={values.whole}
        {...bounds}
        onChange={(high) => onChange({ ...values, high })}
      />
      <Select
        aria-label={t("sweep.option_of", { owner: name, option: t("sweep.scale") })}
        value={values.step === undefined ? values.scale : "step"}
        options={[
          { value: "linear", label: t("sweep.linear") },
          { value: "log", label: t("sweep.log") },
          { value: "step", label: t("sweep.stepped") },
        ]}
        onChange={(scale) => onChange(withScale(values, scale))}
      />
      {values.step !== undefined && (
        <NumberBox
          label={t("sweep.option_of", { owner: name, option: t("sweep.step") })}
          value={values.step}
          whole={values.whole}
          least={values.whole ? 1 : 1e-12}
          onChange={(step) => onChange({ ...values, step })}
        />
      )}
      {grid && values.step === undefined && (
        <NumberBox
          label={t("sweep.option_of", { owner: name, option: t("sweep.points") })}
          value={values.points}
          whole
          least={1}
          onChange={(points) => onChange({ ...values, points })}
        />
      )}
    </span>
  );
}

/** In steps from the low end, of which about eight fit, or anywhere between the ends. */
function withScale({ step: _step, ...values }: RangeValues, scale: "linear" | "log" | "step"): RangeValues {
  if (scale !== "step") return { ...values, scale };
  const eighth = (values.high - values.low) / 8;
  const step = values.whole ? Math.max(1, Math.round(eighth)) : Number(eighth.toPrecision(2)) || 1;
  return { ...values, scale: "linear", step };
}

/**
 * Every choice that fits beside a box, and why the others do not; one that does not fit any more stays until its box is cleared. The
 * last one stays, for there is nothing to go over without any.
 */
function Choices({
  name,
  choices,
  values,
  onChange,
}: {
  name: string;
  choices: readonly SweepChoice[];
  values: readonly unknown[];
  onChange: (values: unknown[]) => void;
}) {
  const t = useText();
  const offered = choices.filter(({ value, unfit }) => unfit === null || values.includes(value));
  const reasons = [...new Set(choices.flatMap(({ unfit }) => (unfit === null ? [] : [unfit])))];
  return (
    <div className="sweep-choices">
      <fieldset aria-label={name}>
        {offered.map(({ value, text, unfit }) => {
          const checked = values.includes(value);
          return (
            <label key={String(value)} title={unfit ?? (text === value ? undefined : `${text} (${String(value)})`)}>
              <input
                type="checkbox"
                checked={checked}
                disabled={checked && values.length === 1}
                onChange={() =>
                  onChange(choices.map((choice) => choice.value).filter((other) => (other === value ? !checked : values.includes(other))))
                }
              />
              {text}
              {unfit !== null && <Icon name="warning" size={12} />}
            </label>
          );
        })}
      </fieldset>
      {reasons.length > 0 && (
        <ul className="muted sweep-unfit" aria-label={t("sweep.unfit", { name })}>
          {reasons.map((reason) => {
            const names = choices.flatMap(({ text, unfit }) => (unfit === reason ? [text] : [])).join(t("sweep.and"));
            return <li key={reason}>{t("sweep.unfit_reason", { names, reason })}</li>;
          })}
        </ul>
      )}
    </div>
  );
}

interface SizesInputProps {
  name: string;
  field: ShapeField;
  target: Target;
  values: readonly unknown[];
  onChange: (values: unknown[]) => void;
}

/** Sizes of kernels, strides and pools, taken once all of them can be read. */
function SizesInput({ name, field, target, values, onChange }: SizesInputProps) {
  const t = useText();
  const language = useLanguage();
  const wrongId = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const read = draft === null ? null : readSizes(field, draft, t);
  const wrong = read !== null && "wrong" in read ? read.wrong : null;
  return (
    <>
      <input
        className="input"
        aria-label={t("sweep.option_of", { owner: name, option: t("sweep.sizes") })}
        title={t("sweep.sizes")}
        aria-invalid={wrong === null ? undefined : true}
        aria-describedby={wrong === null ? undefined : wrongId}
        value={draft ?? values.map((value) => optionValueText(target, value, language, t)).join(", ")}
        onChange={(event) => {
          setDraft(event.target.value);
          const next = readSizes(field, event.target.value, t);
          if ("values" in next) onChange([...next.values]);
        }}
        onBlur={() => setDraft(null)}
      />
      {wrong !== null && (
        <small id={wrongId} className="sweep-wanted" role="status">
          {wrong}
        </small>
      )}
    </>
  );
}

/** Numbers, words, true and false; what is a number is taken as one. */
function ListInput({ name, values, onChange }: { name: string; values: readonly unknown[]; onChange: (values: unknown[]) => void }) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const take = (text: string): void => {
    setDraft(text);
    const found = text
      .split(/[,，]/)
      .map((part) => part.trim())
      .filter((part) => part !== "");
    if (found.length > 0) onChange(found.map(typedValue));
  };
  return (
    <input
      className="input"
      aria-label={t("sweep.option_of", { owner: name, option: t("sweep.values") })}
      title={t("sweep.values")}
      value={draft ?? values.map(String).join(", ")}
      onChange={(event) => take(event.target.value)}
      onBlur={() => setDraft(null)}
    />
  );
}

function typedValue(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

interface NumberBoxProps {
  label: string;
  value: number;
  whole?: boolean;
  least?: number;
  most?: number;
  onChange: (value: number) => void;
}

/** Keeps what is typed until it is a number that may be. */
export function NumberBox({
  label,
  value,
  whole = false,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
  onChange,
}: NumberBoxProps) {
  const t = useText();
  const wantedId = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const isRight = (text: string): boolean => {
    const typed = Number(text);
    return text.trim() !== "" && !Number.isNaN(typed) && typed >= least && typed <= most && (!whole || Number.isInteger(typed));
  };
  const wrong = draft !== null && !isRight(draft);
  const bounded = Number.isFinite(least) && Number.isFinite(most);
  const wanted = bounded ? t("sweep.allowed", { least: formatFigure(least), most: formatFigure(most) }) : t("sweep.number_wanted");
  return (
    <>
      <input
        className="input sweep-number"
        inputMode="decimal"
        aria-label={label}
        title={wrong ? wanted : label}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? wantedId : undefined}
        value={draft ?? String(value)}
        onChange={(event) => {
          const text = event.target.value;
          setDraft(text);
          if (isRight(text)) onChange(Number(text));
        }}
        onBlur={() => setDraft(null)}
      />
      {wrong && (
        <small id={wantedId} className="sweep-wanted" role="status">
          {wanted}
        </small>
      )}
    </>
  );
}
