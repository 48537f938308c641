/** One column in the table: figures, and the two choices made most often, type and role. The rest is in the panel. */
import { memo } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { setRole, setType } from "./acts.ts";
import { figureWords, percent, preparationWords, remarkKeys, typeWords } from "./column-words.ts";
import { ROLES, TYPES } from "./columns.ts";
import type { Correlation } from "./correlations.ts";
import { Histogram } from "./Histogram.tsx";
import type { Preparation } from "./preparation.ts";

interface ColumnRowProps {
  index: number;
  column: ColumnDocument;
  profile: ColumnProfile | undefined;
  preparation: Preparation | undefined;
  leaks: boolean;
  trouble: string | null;
  rowCount: number;
  /** Null: the table has no column for it. */
  correlation: Correlation | null;
  chosen: boolean;
  onToggle: (name: string, range: boolean) => void;
  onOpen: (name: string) => void;
}

const ICONS = { bad: "error", warn: "warning", muted: "info" } as const;

export const ColumnRow = memo(function ColumnRow({
  index,
  column,
  profile,
  preparation,
  leaks,
  trouble,
  rowCount,
  correlation,
  chosen,
  onToggle,
  onOpen,
}: ColumnRowProps) {
  const t = useText();
  const language = useLanguage();
  const { name, type, role } = column;
  const figures = profile === undefined ? "" : figureWords(profile, rowCount);
  const hasMissing = profile === undefined || profile.missing > 0;
  const prepared = role === "ignored" || preparation === undefined ? "" : preparationWords(preparation, column, hasMissing, t, language);
  const remarks = profile === undefined ? [] : remarkKeys(profile);
  const notes = [...(leaks ? ["data.remark.leak" as const] : []), ...remarks].map((key) => t(key)).join(", ");
  const tone = trouble !== null ? "bad" : leaks && role !== "ignored" ? "warn" : "muted";
  return (
    <tr aria-rowindex={index + 2} className={role} data-chosen={chosen}>
      <td>
        <input
          type="checkbox"
          aria-label={t("data.choose_column", { column: name })}
          checked={chosen}
          onChange={(event) => onToggle(name, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
        />
      </td>
      <th scope="row" className="of-name">
        <button
          type="button"
          className="clip"
          data-open={index}
          title={name}
          aria-label={t("data.open_column", { column: name })}
          onClick={() => onOpen(name)}
        >
          {name}
        </button>
      </th>
      <td>
        <Select
          className="small"
          aria-label={t("data.type_of", { column: name })}
          value={type}
          options={TYPES.map((value) => ({ value, label: typeWords(value, [profile], t) }))}
          onChange={(value) => setType([name], value)}
        />
      </td>
      <td>
        <Select
          className={`small role-${role}`}
          aria-label={t("data.role_of", { column: name })}
          value={role}
          options={ROLES.map((value) => ({ value, label: t(`data.role.${value}`) }))}
          onChange={(value) => setRole([name], value)}
        />
      </td>
      <td className="number right">
        {profile === undefined ? (
          ""
        ) : profile.missing === 0 ? (
          <span className="faint">0</span>
        ) : (
          <MissingCount count={profile.missing} rowCount={rowCount} />
        )}
      </td>
      <td className="number right">{profile === undefined ? "" : formatCount(profile.distinct)}</td>
      <td className="clip number" title={figures}>
        {figures}
      </td>
      <td className="of-histogram">{profile !== undefined && <Histogram profile={profile} width={72} height={22} />}</td>
      {correlation !== null && <CorrelationCell correlation={correlation} />}
      <td className="clip muted" title={prepared}>
        {prepared}
      </td>
      <td title={trouble ?? notes}>
        <span className={`column-notes ${tone}`}>
          {(trouble !== null || notes !== "") && <Icon name={ICONS[tone]} size={13} />}
          <span className="clip">{trouble === null ? notes : t("data.remark.trouble")}</span>
        </span>
      </td>
    </tr>
  );
});

/** A bar from the middle for r, which has a sign; from the left for the others. */
function CorrelationCell({ correlation: { target, measure, value } }: { correlation: Correlation }) {
  const t = useText();
  if (value === null || target === "") return <td />;
  const words = t(`data.correlation_${measure}`, { target, value: value.toFixed(3) });
  return (
    <td className="of-correlation" title={words}>
      <span className="correlation-bar" aria-hidden="true">
        <i className={value < 0 ? "negative" : "positive"} style={{ width: `${100 * Math.abs(value)}%` }} />
      </span>
      <span className="number">{(Number(value.toFixed(2)) || 0).toFixed(2)}</span>
      <span className="visually-hidden">{words}</span>
    </td>
  );
}

function MissingCount({ count, rowCount }: { count: number; rowCount: number }) {
  return (
    <>
      {formatCount(count)} <span className="faint">{percent(count / rowCount)}</span>
    </>
  );
}
