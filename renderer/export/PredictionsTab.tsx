/** Predictions of a run for a data set as a CSV file, with columns that name the rows carried along. */
import { useState } from "react";
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import type { DatasetProfile, Run } from "../../core/protocol/methods.ts";
import { ReadFile } from "../runs/evaluation/OtherData.tsx";
import { host } from "../state/host.ts";
import { useAnswer } from "../state/use-answer.ts";
import { Button } from "../ui/Button.tsx";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { Failure } from "../ui/States.tsx";
import { textNow, useText } from "../ui/texts.ts";
import { Outcome, saved, type Written } from "./Outcome.tsx";
import { useWork } from "./use-work.ts";

async function writePredictions(
  task_id: string,
  run: Run,
  datasetId: string,
  idColumns: readonly string[],
  asTarget: boolean,
): Promise<Written> {
  const t = textNow();
  const answer = await host().call("exports.predictions", {
    task_id,
    run_id: run.id,
    dataset_id: datasetId,
    id_columns: [...idColumns],
    as_target: asTarget,
  });
  return saved({
    download: answer.download,
    fileName: answer.file_name,
    checked: null,
    savedText: [
      t("export.saved_rows", { name: answer.file_name, count: formatCount(answer.row_count) }),
      ...(answer.undated_rows === undefined ? [] : [t("export.undated_rows", { count: formatCount(answer.undated_rows) })]),
      ...(answer.unknown_links === undefined ? [] : [t("export.unknown_links", { count: formatCount(answer.unknown_links) })]),
    ].join(" "),
  });
}

export function PredictionsTab({ run }: { run: Run }) {
  const t = useText();
  const [read, setRead] = useState(0);
  const listing = useAnswer("datasets.list", {}, undefined, read);
  const { value: list } = listing;
  const { value: whole } = useAnswer("runs.get", { id: run.id });
  const [chosen, setChosen] = useState<string | null>(null);
  const datasets = list?.datasets ?? [];
  const dataset = datasets.find(({ id }) => id === (chosen ?? run.dataset_id)) ?? datasets[0];
  const {
    value: profile,
    error: profileError,
    restart: readAgain,
  } = useAnswer("datasets.profile", dataset === undefined ? null : { id: dataset.id });
  if (list === null) return <LongState answer={listing} what={t("common.loading")} />;
  return (
    <>
      <p className="muted">{t("export.predictions_text")}</p>
      {dataset !== undefined && (
        <Field label={t("export.dataset")}>
          {(control) => (
            <Select
              {...control}
              value={dataset.id}
              options={datasets.map(({ id, name, row_count }) => ({ value: id, label: `${name} · ${formatCount(row_count)}` }))}
              onChange={setChosen}
            />
          )}
        </Field>
      )}
      {whole !== null && (
        <ReadFile
          run={run}
          design={whole.design}
          onRead={(id) => {
            setRead(read + 1);
            setChosen(id);
          }}
        />
      )}
      {profileError !== null && <Failure error={profileError} onRetry={readAgain} />}
      {profile !== null && <Columns key={profile.dataset.id} run={run} profile={profile} />}
    </>
  );
}

function Columns({ run, profile }: { run: Run; profile: DatasetProfile }) {
  const t = useText();
  const names = profile.columns.filter((column) => column.remarks.includes("id")).map((column) => column.name);
  const [columns, setColumns] = useState<readonly string[]>(names);
  const [asTarget, setAsTarget] = useState(false);
  const [filter, setFilter] = useState("");
  const { work, startWatched } = useWork<Written>();
  const shown = profile.columns.filter((column) => column.name.toLowerCase().includes(filter.trim().toLowerCase()));
  // In the order of the file, whatever the order of choosing.
  const toggle = (name: string): void => {
    const next = new Set(columns);
    if (!next.delete(name)) next.add(name);
    setColumns(profile.columns.map((column) => column.name).filter((other) => next.has(other)));
  };
  return (
    <>
      <fieldset className="field column-choice">
        <legend>{t("export.id_columns")}</legend>
        <p className="field-help">{t("export.id_columns_help")}</p>
        {profile.columns.length > 12 && (
          <input
            className="input"
            type="search"
            placeholder={t("export.filter_columns")}
            aria-label={t("export.filter_columns")}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        )}
        <div className="column-list">
          {shown.slice(0, 200).map(({ name }) => (
            <label key={name}>
              <input type="checkbox" checked={columns.includes(name)} onChange={() => toggle(name)} />
              <span className="clip" title={name}>
                {name}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {!isEnsemble(run) && (
        <label className="as-target">
          <input type="checkbox" checked={asTarget} onChange={(event) => setAsTarget(event.currentTarget.checked)} />
          {t("export.as_target")}
        </label>
      )}
      <Button
        look="primary"
        icon="export"
        disabled={work.state === "busy"}
        onClick={() => startWatched((taskId) => writePredictions(taskId, run, profile.dataset.id, columns, asTarget && !isEnsemble(run)))}
      >
        {t("export.predictions_button")}
      </Button>
      <Outcome work={work} busy={t("export.predicting")} />
    </>
  );
}
