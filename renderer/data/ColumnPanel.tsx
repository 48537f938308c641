/** The columns chosen in the table: figures of one, and how they are prepared. Several are changed together, by type. */

import type { ErrorData } from "../../core/errors.ts";
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import type { ColumnProfile, Dataset } from "../../core/protocol/methods.ts";
import { momentWords } from "../../core/schema/times-of-day.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Field } from "../ui/Field.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { keepOnly, namedColumns, setRole, setType } from "./acts.ts";
import { ChoiceOfMany } from "./ChoiceOfMany.tsx";
import { CommaFields } from "./CommaFields.tsx";
import { percent, remarkKeys, typeWords } from "./column-words.ts";
import { ROLES, TYPES } from "./columns.ts";
import { Histogram } from "./Histogram.tsx";
import { MissingTokens } from "./MissingTokens.tsx";
import { PixelForm } from "./PixelPictures.tsx";
import { PreparationForm } from "./PreparationForm.tsx";
import type { Preparation } from "./preparation.ts";

/** Two by two. */
const FEWEST_PIXELS = 4;

export interface ColumnPanelProps {
  data: DataDocument;
  /** Names chosen, in the order of the design. */
  chosen: readonly ColumnDocument[];
  profiles: ReadonlyMap<string, ColumnProfile>;
  preparations: ReadonlyMap<string, Preparation>;
  /** Of the profile and of leaks; those about a column name it. */
  warnings: readonly ErrorData[];
  dataset: Dataset;
}

export function ColumnPanel({ data, chosen, profiles, preparations, warnings, dataset }: ColumnPanelProps) {
  const t = useText();
  const [only] = chosen;
  if (only === undefined) return <p className="panel-none muted">{t("data.panel_none")}</p>;
  const names = chosen.map(({ name }) => name);
  const { row_count: rowCount } = dataset;
  const profile = chosen.length === 1 ? profiles.get(only.name) : undefined;
  return (
    <div className="panel-body">
      <h3 className="clip" title={only.name}>
        {namedColumns(names)}
      </h3>
      {chosen.length > 1 && (
        <p className="column-names muted" title={names.slice(0, 200).join(", ")}>
          {names.slice(0, 12).join(", ")}
          {names.length > 12 && " …"}
        </p>
      )}
      {profile !== undefined && <Figures profile={profile} rowCount={rowCount} />}
      {profile !== undefined && <ColumnNotes column={only} profile={profile} warnings={warnings} />}
      <div className="field-pair">
        <Field label={t("data.type")}>
          {(control) => (
            <ChoiceOfMany
              {...control}
              values={chosen.map(({ type }) => type)}
              options={TYPES.map((value) => ({
                value,
                label: typeWords(
                  value,
                  names.map((name) => profiles.get(name)),
                  t,
                ),
              }))}
              onChange={(type) => setType(names, type)}
            />
          )}
        </Field>
        <Field label={t("data.role")}>
          {(control) => (
            <ChoiceOfMany
              {...control}
              values={chosen.map(({ role }) => role)}
              options={ROLES.map((value) => ({ value, label: t(`data.role.${value}`) }))}
              onChange={(role) => setRole(names, role)}
            />
          )}
        </Field>
      </div>
      {chosen.length > 1 && (
        <Button className="wide-button" title={t("data.use_only_help")} onClick={() => keepOnly(names)}>
          {t("data.use_only")}
        </Button>
      )}
      {chosen.length >= FEWEST_PIXELS && chosen.every(({ type }) => type === "numeric") && (
        <PixelForm key={`pixels ${names.join("\n")}`} data={data} dataset={dataset} names={names} />
      )}
      <PreparationForm key={names.join("\n")} data={data} chosen={chosen} profiles={profiles} preparations={preparations} />
      <CommaFields chosen={chosen} profiles={profiles} />
      <MissingTokens key={`tokens ${names.join("\n")}`} chosen={chosen} />
    </div>
  );
}

function Figures({ profile, rowCount }: { profile: ColumnProfile; rowCount: number }) {
  const t = useText();
  const facts: [string, string][] = [
    [t("data.missing"), profile.missing === 0 ? "0" : `${formatCount(profile.missing)} · ${percent(profile.missing / rowCount)}`],
    [t("data.distinct"), formatCount(profile.distinct)],
  ];
  if (profile.mean !== null) {
    facts.push([t("data.mean"), `${formatFigure(profile.mean)} ± ${formatFigure(profile.deviation)}`]);
    if (profile.quantiles !== null) {
      const [fifth, quarter, median, threeQuarters, last] = profile.quantiles.map((value) => formatFigure(value));
      facts.push([t("data.median"), median ?? "–"]);
      facts.push(["25 % – 75 %", `${quarter} – ${threeQuarters}`], ["5 % – 95 %", `${fifth} – ${last}`]);
    }
    facts.push([t("data.min_max_values"), `${formatFigure(profile.min)} – ${formatFigure(profile.max)}`]);
  }
  if (profile.mean === null && profile.min !== null && profile.max !== null)
    facts.push([t("data.min_max_values"), `${momentWords(profile.min)} – ${momentWords(profile.max)}`]);
  return (
    <>
      <Histogram profile={profile} width={259} height={56} detailed />
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
      {profile.mean === null && (
        <ul className="top-values" aria-label={t("data.top_values")}>
          {profile.histogram.slice(0, 6).map(({ label, count }) => (
            <li key={label}>
              <span className="clip" title={label}>
                {label}
              </span>
              <span className="number faint">
                {formatCount(count)} · {percent(count / rowCount)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function ColumnNotes({ column, profile, warnings }: { column: ColumnDocument; profile: ColumnProfile; warnings: readonly ErrorData[] }) {
  const t = useText();
  const language = useLanguage();
  const own = warnings.filter(({ params }) => params["column"] === column.name);
  const remarks = remarkKeys(profile);
  if (own.length === 0 && remarks.length === 0) return null;
  return (
    <div className="column-warnings">
      {remarks.length > 0 && (
        <p className="muted">
          <Icon name="info" size={13} /> {remarks.map((key) => t(key)).join(", ")}
        </p>
      )}
      {own.map((warning) => (
        <p key={`${warning.code} ${JSON.stringify(warning.params)}`}>
          <Icon name="warning" size={13} className="warn" /> {errorText(warning, language)}
        </p>
      ))}
      {column.role === "feature" && (
        <Button small onClick={() => setRole([column.name], "ignored")}>
          {t("data.ignore_column")}
        </Button>
      )}
    </div>
  );
}
