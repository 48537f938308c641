/** Search and bulk acts over the table of columns, what should be known about the file, and columns that give the target away. */
import { useMemo, useState } from "react";
import { type ErrorData, errorData } from "../../core/errors.ts";
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import type { ColumnProfile, MethodOutput } from "../../core/protocol/methods.ts";
import { lookAgain, useDataset } from "../state/dataset.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { keepOnly, proposeAgain, setRole } from "./acts.ts";
import { ColumnTable } from "./ColumnTable.tsx";
import { remarkKeys } from "./column-words.ts";
import { useLayout } from "./layout.ts";
import { PixelNote } from "./PixelPictures.tsx";
import type { Preparation } from "./preparation.ts";

interface ColumnsTabProps {
  data: DataDocument;
  profile: MethodOutput<"datasets.profile">;
  profiles: ReadonlyMap<string, ColumnProfile>;
  preparations: ReadonlyMap<string, Preparation>;
  leaks: readonly ErrorData[];
  chosen: ReadonlySet<string>;
  onChoose: (names: ReadonlySet<string>, open: boolean) => void;
}

const SHOWN = ["all", "used", "ignored", "remarks"] as const;
type Shown = (typeof SHOWN)[number];

export function ColumnsTab({ data, profile, profiles, preparations, leaks, chosen, onChoose }: ColumnsTabProps) {
  const t = useText();
  const [query, setQuery] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const leaking = useMemo(() => new Set(leaks.map(({ params }) => String(params["column"]))), [leaks]);
  const columns = useMemo(() => {
    const text = query.trim().toLowerCase();
    const wanted = (column: ColumnDocument): boolean => {
      if (shown === "used") return column.role !== "ignored";
      if (shown === "ignored") return column.role === "ignored";
      const own = profiles.get(column.name);
      return shown === "all" || leaking.has(column.name) || (own !== undefined && remarkKeys(own).length > 0);
    };
    return data.columns.filter((column) => column.name.toLowerCase().includes(text) && wanted(column));
  }, [data.columns, query, shown, profiles, leaking]);
  const language = useLanguage();
  const error = useLayout((state) => state.error);
  const trouble = useMemo(() => {
    if (error === null) return null;
    const described = errorData(error);
    return { column: String(described.params["column"] ?? ""), words: errorText(described, language) };
  }, [error, language]);
  const names = [...chosen].filter((name) => profiles.has(name));
  return (
    <div className="columns-tab">
      <div className="column-tools">
        <span className="search-box">
          <Icon name="search" size={14} />
          <input
            className="input"
            type="search"
            aria-label={t("data.search")}
            placeholder={t("data.search")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </span>
        <Select
          aria-label={t("data.show")}
          className="show-select"
          value={shown}
          options={SHOWN.map((value) => ({ value, label: t(`data.show.${value}`) }))}
          onChange={setShown}
        />
        {columns.length !== data.columns.length && (
          <span className="faint number">
            {t("data.shown_count", { shown: formatCount(columns.length), all: formatCount(data.columns.length) })}
          </span>
        )}
        <span className="spacer" />
        {names.length > 0 && (
          <>
            <span className="muted number">{t("data.chosen_count", { count: formatCount(names.length) })}</span>
            <Button small title={t("data.use_only_help")} onClick={() => keepOnly(names)}>
              {t("data.use_only")}
            </Button>
          </>
        )}
        <Button small icon="reset" onClick={() => void proposeAgain().catch(report)}>
          {t("data.propose_again")}
        </Button>
      </div>
      <Notes data={data} profile={profile} leaks={leaks} />
      <PixelNote data={data} dataset={profile.dataset} />
      <ColumnTable
        columns={columns}
        profiles={profiles}
        preparations={preparations}
        leaks={leaking}
        trouble={trouble}
        rowCount={profile.dataset.row_count}
        allColumns={data.columns}
        datasetId={profile.dataset.id}
        chosen={chosen}
        onChoose={onChoose}
      />
    </div>
  );
}

function Outdated({ id }: { id: string }) {
  const t = useText();
  const going = useDataset((state) => (state.lookingAgain?.id === id ? state.lookingAgain : null));
  return (
    <li>
      <Icon name="info" size={14} className="faint" />
      <span>{t("data.outdated")}</span>
      {going === null ? (
        <Button small onClick={() => void lookAgain(id).catch(report)}>
          {t("data.look_again")}
        </Button>
      ) : (
        <Button small onClick={going.stop}>
          {t("data.join_stop")}
        </Button>
      )}
      {going !== null && (
        <span className="muted" role="status">
          {t("data.looking_again")}
        </span>
      )}
    </li>
  );
}

/** Leaks of columns that are still used, then what the import noticed. */
function Notes({ data, profile, leaks }: { data: DataDocument; profile: ColumnsTabProps["profile"]; leaks: readonly ErrorData[] }) {
  const t = useText();
  const language = useLanguage();
  const features = new Set(data.columns.filter(({ role }) => role === "feature").map(({ name }) => name));
  const open = leaks.filter(({ params }) => features.has(String(params["column"])));
  const general = profile.warnings.map(({ code, params }) => ({ code, params }));
  const outdated = profile.outdated === true;
  if (open.length === 0 && general.length === 0 && !outdated) return null;
  return (
    <ul className="data-notes" aria-label={t("data.dataset_notes")}>
      {outdated && <Outdated key={profile.dataset.id} id={profile.dataset.id} />}
      {open.map((warning) => (
        <li key={String(warning.params["column"])}>
          <Icon name="warning" size={14} className="warn" />
          <span>{errorText(warning, language)}</span>
          <Button small onClick={() => setRole([String(warning.params["column"])], "ignored")}>
            {t("data.ignore_column")}
          </Button>
        </li>
      ))}
      {general.map((warning) => (
        <li key={`${warning.code} ${JSON.stringify(warning.params)}`}>
          <Icon name="info" size={14} className="faint" />
          <span>{errorText(warning, language)}</span>
        </li>
      ))}
    </ul>
  );
}
