/** How the chosen columns are prepared, a section for each type among them; targets have transforms that can be undone. */
import { type ReactNode, useState } from "react";
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { isTimeFormat } from "../../core/schema/times-of-day.ts";
import { stepDefinition } from "../../core/steps/definitions.ts";
import { Field, SwitchField } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { setPreparation } from "./acts.ts";
import { ChoiceOfMany } from "./ChoiceOfMany.tsx";
import { ContentFields } from "./ContentFields.tsx";
import { looksLikeMonths } from "./column-words.ts";
import { type ColumnType, looksLikeClasses, TYPES } from "./columns.ts";
import { DATE_PARTS, type DatePart, ENCODINGS, type Missing, type Preparation, SCALINGS, TIME_PARTS } from "./preparation.ts";

interface PreparationFormProps {
  data: DataDocument;
  chosen: readonly ColumnDocument[];
  profiles: ReadonlyMap<string, ColumnProfile>;
  preparations: ReadonlyMap<string, Preparation>;
}

/** Strategies that make sense for a type; the host refuses the others. */
const STRATEGIES: Readonly<Record<ColumnType, readonly Missing[]>> = {
  numeric: ["none", "constant", "mean", "median", "most_frequent"],
  date: ["none", "constant", "mean", "median", "most_frequent"],
  categorical: ["none", "category", "most_frequent"],
  text: [],
  picture: [],
};

export function PreparationForm({ data, chosen, profiles, preparations }: PreparationFormProps) {
  const t = useText();
  const features = chosen.filter(({ role }) => role !== "target" && role !== "weight");
  const targets = chosen.filter(({ role }) => role === "target");
  const types = TYPES.filter((type) => features.some((column) => column.type === type));
  return (
    <>
      {chosen.every(({ role }) => role === "ignored") && <p className="panel-note muted">{t("data.prep_ignored")}</p>}
      {chosen.some(({ role }) => role === "weight") && <p className="panel-note muted">{t("data.prep_weight")}</p>}
      {types.map((type) => {
        const columns = features.filter((column) => column.type === type);
        const title =
          chosen.length === 1
            ? t("data.preparation")
            : t("data.group", { type: t(`data.type.${type}`), count: formatCount(columns.length) });
        return (
          <Section key={type} title={title}>
            {type === "text" || type === "picture" ? (
              <ContentFields type={type} columns={columns} data={data} />
            ) : (
              <FeatureFields type={type} columns={columns} profiles={profiles} preparations={preparations} />
            )}
          </Section>
        );
      })}
      {targets.length > 0 && <TargetFields targets={targets} profiles={profiles} preparations={preparations} />}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel-section" aria-label={title}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

interface FieldsProps {
  names: readonly string[];
  preparations: ReadonlyMap<string, Preparation>;
}

/** The same part of every column's preparation. */
function all<K extends keyof Preparation>({ names, preparations }: FieldsProps, key: K): readonly Preparation[K][] {
  return names.flatMap((name) => {
    const preparation = preparations.get(name);
    return preparation === undefined ? [] : [preparation[key]];
  });
}

/** What a column of words becomes when its names of months are made numbers, and when they are words again. */
const AS_MONTHS = { dateParts: ["month"], missing: "constant", missingValue: 0, scaling: "standardise", encoding: "none" } as const;
const AS_WORDS = { dateParts: null, missing: "category", log1p: false, scaling: "none", encoding: "one_hot" } as const;

interface FeatureFieldsProps {
  type: ColumnType;
  columns: readonly ColumnDocument[];
  profiles: PreparationFormProps["profiles"];
  preparations: PreparationFormProps["preparations"];
}

function FeatureFields({ type, columns, profiles, preparations }: FeatureFieldsProps) {
  const t = useText();
  const props = { names: columns.map(({ name }) => name), preparations };
  const { names } = props;
  const strategies = all(props, "missing");
  const parts = all(props, "dateParts");
  const months = type === "categorical" && parts.length > 0 && parts.every((one) => one !== null);
  const offerMonths = months || (type === "categorical" && names.every((name) => looksLikeMonths(profiles.get(name))));
  const numbers = type === "numeric" || type === "date" || months;
  const format = columns.length === 1 ? columns[0]?.date_format : undefined;
  return (
    <>
      {format !== undefined && (
        <p className="panel-note muted">{isTimeFormat(format) ? t("data.time_format") : t("data.date_format", { format })}</p>
      )}
      {type === "date" && (
        <DateParts {...props} offered={columns.every((column) => isTimeFormat(column.date_format)) ? TIME_PARTS : DATE_PARTS} />
      )}
      {offerMonths && (
        <SwitchField
          label={t("data.prep_month_names")}
          checked={months}
          onChange={(on) => setPreparation(names, on ? AS_MONTHS : AS_WORDS)}
        />
      )}
      <Field label={t("data.prep_missing")}>
        {(control) => (
          <ChoiceOfMany
            {...control}
            values={strategies}
            options={STRATEGIES[numbers ? "numeric" : type].map((value) => ({ value, label: t(`data.prep.missing.${value}`) }))}
            onChange={(missing) => setPreparation(names, { missing })}
          />
        )}
      </Field>
      {strategies.includes("constant") && (
        <NumberField
          label={t("data.prep_value")}
          values={all(props, "missingValue")}
          wrongOf={() => null}
          onChange={(missingValue) => setPreparation(names, { missingValue })}
        />
      )}
      {strategies.includes("category") && <CategoryField {...props} />}
      {numbers && <NumberFields {...props} />}
      {!numbers && (
        <Field label={t("data.prep_encoding")}>
          {(control) => (
            <ChoiceOfMany
              {...control}
              values={all(props, "encoding")}
              options={ENCODINGS.map((value) => ({ value, label: t(value === "none" ? "data.prep.none" : `data.prep.encoding.${value}`) }))}
              onChange={(encoding) => setPreparation(names, { encoding })}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** Logarithm and scaling, of features and of targets. */
function NumberFields(props: FieldsProps) {
  const t = useText();
  const { names } = props;
  const logs = all(props, "log1p");
  const scalings = all(props, "scaling");
  const lower = all(props, "lower");
  const upper = all(props, "upper");
  return (
    <>
      <SwitchField
        label={t("data.prep_log1p")}
        checked={logs.length > 0 && logs.every(Boolean)}
        onChange={(log1p) => setPreparation(names, { log1p })}
      />
      <Field label={t("data.prep_scaling")}>
        {(control) => (
          <ChoiceOfMany
            {...control}
            values={scalings}
            options={SCALINGS.map((value) => ({ value, label: t(value === "none" ? "data.prep.none" : `data.prep.scaling.${value}`) }))}
            onChange={(scaling) => setPreparation(names, { scaling })}
          />
        )}
      </Field>
      {scalings.includes("min_max") && (
        <div className="field-pair">
          <NumberField
            label={t("data.prep_lower")}
            values={lower}
            wrongOf={(value) => (value < Math.min(...upper) ? null : t("data.prep_bounds_wrong"))}
            onChange={(value) => setPreparation(names, { lower: value })}
          />
          <NumberField
            label={t("data.prep_upper")}
            values={upper}
            wrongOf={(value) => (value > Math.max(...lower) ? null : t("data.prep_bounds_wrong"))}
            onChange={(value) => setPreparation(names, { upper: value })}
          />
        </div>
      )}
    </>
  );
}

function TargetFields({
  targets,
  profiles,
  preparations,
}: {
  targets: readonly ColumnDocument[];
  profiles: PreparationFormProps["profiles"];
  preparations: PreparationFormProps["preparations"];
}) {
  const t = useText();
  const numbers = targets.filter((column) => column.type === "numeric");
  const [only] = targets;
  const profile = only === undefined ? undefined : profiles.get(only.name);
  const classes = only !== undefined && targets.length === 1 && looksLikeClasses(only, profile);
  if (classes && preparations.get(only.name)?.scaling === "none")
    return <p className="panel-note muted">{t("data.prep_classes", { count: profile?.distinct ?? 0 })}</p>;
  if (numbers.length === 0) return null;
  return (
    <Section title={t("data.prep_target")}>
      <p className="panel-note muted">{t("data.prep_target_help")}</p>
      <NumberFields names={numbers.map(({ name }) => name)} preparations={preparations} />
    </Section>
  );
}

function DateParts({ offered, ...props }: FieldsProps & { offered: readonly DatePart[] }) {
  const t = useText();
  const language = useLanguage();
  const { names } = props;
  const values = all(props, "dateParts");
  const [first] = values;
  const chosen = first ?? [];
  const { fields } = stepDefinition("date_parts").texts[language];
  return (
    <fieldset className="date-parts">
      <legend>{t(offered === TIME_PARTS ? "data.prep_time_parts" : "data.prep_date_parts")}</legend>
      {offered.map((part) => {
        const checked = chosen.includes(part);
        return (
          <label key={part} title={fields[part]?.help}>
            <input
              type="checkbox"
              checked={checked}
              disabled={checked && chosen.length === 1}
              onChange={() =>
                setPreparation(names, { dateParts: DATE_PARTS.filter((one) => (one === part ? !checked : chosen.includes(one))) })
              }
            />
            {fields[part]?.label ?? part}
          </label>
        );
      })}
    </fieldset>
  );
}

function CategoryField(props: FieldsProps) {
  const t = useText();
  const values = all(props, "missingCategory");
  const [draft, setDraft] = useState<string | null>(null);
  const [first] = values;
  const value = values.every((other) => other === first) ? (first ?? "") : "";
  return (
    <Field label={t("data.prep_category")}>
      {(control) => (
        <input
          {...control}
          className="input"
          maxLength={200}
          value={draft ?? value}
          onChange={(event) => {
            setDraft(event.target.value);
            if (event.target.value !== "") setPreparation(props.names, { missingCategory: event.target.value });
          }}
          onBlur={() => setDraft(null)}
        />
      )}
    </Field>
  );
}

interface NumberFieldProps {
  label: string;
  values: readonly number[];
  wrongOf: (value: number) => string | null;
  onChange: (value: number) => void;
}

function NumberField({ label, values, wrongOf, onChange }: NumberFieldProps) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const [first] = values;
  const same = values.every((value) => value === first);
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={same ? (first ?? null) : null}
          placeholder={t("data.different")}
          check={(value) => (value === null || !Number.isFinite(value) ? t("data.prep_number_wrong") : wrongOf(value))}
          onWrong={setWrong}
          onChange={(value) => {
            if (value !== null) onChange(value);
          }}
          step={() => 1}
          notANumber={t("data.prep_number_wrong")}
        />
      )}
    </Field>
  );
}
