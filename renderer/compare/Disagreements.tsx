/** The rows on which two compared runs say something else, who is right there, and whether one is better by more than chance. */
import { useState } from "react";
import { isFittedBaseline } from "../../core/baselines/backend.ts";
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import { SURE } from "../../core/insight/slices/compare-slices.ts";
import type { MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import { MoreRows, useRowCount } from "../runs/evaluation/MoreRows.tsx";
import { answerWords, ColumnHeads, RowCells } from "../runs/evaluation/RowCells.tsx";
import { shownColumns } from "../runs/evaluation/shown-columns.ts";
import { useLongAnswer } from "../state/use-long-answer.ts";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { type TextKey, useText } from "../ui/texts.ts";
import { WideTable } from "../ui/WideTable.tsx";
import type { RunDetails } from "./run-details.ts";
import "../runs/evaluation/evaluation.css";

type Found = MethodOutput<"runs.disagreements">;
type Only = NonNullable<MethodInput<"runs.disagreements">["only"]> | "all";
type Part = MethodInput<"runs.disagreements">["part"];

const PARTS: readonly Part[] = ["validation", "training", "test"];

/** Nothing where fewer than two of the runs can be asked about rows. */
export function Disagreements({ details }: { details: readonly RunDetails[] }) {
  const t = useText();
  const able = details.filter(({ run }) => run.has_model || isEnsemble(run) || isFittedBaseline(run));
  const [open, setOpen] = useState(false);
  if (able.length < 2) return null;
  return (
    <details className="disagreements" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("disagree.title")}</summary>
      {open && <Panel details={able} />}
    </details>
  );
}

function Panel({ details }: { details: readonly RunDetails[] }) {
  const t = useText();
  const [chosen, setChosen] = useState<readonly [string | null, string | null]>([null, null]);
  const [part, setPart] = useState<Part>("validation");
  const [only, setOnly] = useState<Only>("all");
  const known = (id: string | null): RunDetails | undefined => details.find(({ run }) => run.id === id);
  const first = known(chosen[0]) ?? details[0];
  const second = known(chosen[1]) ?? details.find(({ run }) => run.id !== first?.run.id);
  const same = first === undefined || second === undefined || first.run.id === second.run.id;
  const ids: MethodInput<"runs.disagreements">["ids"] | null = same ? null : [first.run.id, second.run.id];
  const question = JSON.stringify([ids, part, only]);
  const { count, more } = useRowCount(question);
  const answer = useLongAnswer(
    "runs.disagreements",
    ids === null ? null : { ids, part, only: only === "all" ? null : only, count },
    0,
    question,
  );
  const { value } = answer;
  if (first === undefined || second === undefined) return null;
  const names = [first.run.name, second.run.name] as const;
  const options = details.map(({ run }) => ({ value: run.id, label: run.name }));
  const numbers = value?.task === "numbers";
  const kinds = numbers ? (["all", "first", "second"] as const) : (["all", "first", "second", "neither"] as const);
  return (
    <div className="disagreement-panel">
      <div className="threshold-form">
        <Field label={t("disagree.first")}>
          {(control) => <Select {...control} value={first.run.id} options={options} onChange={(id) => setChosen([id, second.run.id])} />}
        </Field>
        <Field label={t("disagree.second")}>
          {(control) => <Select {...control} value={second.run.id} options={options} onChange={(id) => setChosen([first.run.id, id])} />}
        </Field>
        <Field label={t("disagree.part")}>
          {(control) => (
            <Select
              {...control}
              value={part}
              options={PARTS.map((one) => ({ value: one, label: t(`charts.part.${one}`) }))}
              onChange={setPart}
            />
          )}
        </Field>
        <Field label={t("disagree.only")}>
          {(control) => (
            <Select
              {...control}
              value={only}
              options={kinds.map((kind) => ({ value: kind, label: t(onlyKey(kind, numbers), { name: nameOf(kind, names) }) }))}
              onChange={setOnly}
            />
          )}
        </Field>
      </div>
      {same && <p className="muted">{t("disagree.choose")}</p>}
      {!same && <LongState answer={answer} what={t("disagree.working")} />}
      {value !== null && <Verdict found={value} names={names} />}
      {value !== null && value.rows.length === 0 && <p className="muted">{t("disagree.none")}</p>}
      {value !== null && value.rows.length > 0 && <Rows found={value} names={names} details={first} />}
      {value !== null && (
        <MoreRows
          shown={value.rows.length}
          total={value.total}
          count={count}
          more={more}
          progress={answer.progress}
          cancel={answer.cancel}
          working={t("disagree.working")}
        />
      )}
    </div>
  );
}

function onlyKey(kind: Exclude<Only, "both">, numbers: boolean): TextKey {
  return numbers && (kind === "first" || kind === "second") ? `disagree.nearer.${kind}` : `disagree.only.${kind}`;
}

const nameOf = (kind: Only, [first, second]: readonly [string, string]): string => (kind === "second" ? second : first);

function Verdict({ found, names }: { found: Found; names: readonly [string, string] }) {
  const t = useText();
  const { counts, errors, p, test, compared, differing, left, correlation } = found;
  const values = {
    first: names[0],
    second: names[1],
    both: formatCount(counts.both),
    neither: formatCount(counts.neither),
    onlyFirst: formatCount(counts.first),
    onlySecond: formatCount(counts.second),
    firstError: formatFigure(errors[0]),
    secondError: formatFigure(errors[1]),
  };
  const better = errors[0] <= errors[1] ? names[0] : names[1];
  const testName = t(`disagree.test.${test}`);
  return (
    <>
      <p>
        {t("disagree.compared", { rows: formatCount(compared), differing: formatCount(differing) })}{" "}
        {t(test === "paired" ? "disagree.nearer_counts" : "disagree.counts", values)}
      </p>
      {p !== null && (
        <p className={p < SURE ? "disagree-sure" : "muted"}>
          {t(p < SURE ? "disagree.sure" : "disagree.chance", { name: better, p: formatFigure(p, 2), test: testName })}{" "}
          {correlation !== null && t("disagree.correlation", { value: formatFigure(correlation, 2) })}
        </p>
      )}
      {left.some((count) => count > 0) && (
        <p className="muted">{t("disagree.left", { first: formatCount(left[0]), second: formatCount(left[1]) })}</p>
      )}
    </>
  );
}

function Rows({ found, names, details }: { found: Found; names: readonly [string, string]; details: RunDetails }) {
  const t = useText();
  const shown = shownColumns(found.columns, details.design.data?.columns);
  const mark = t(found.task === "numbers" ? "disagree.nearer" : "disagree.right");
  return (
    <>
      <p className="muted">{t("disagree.shown", { shown: formatCount(found.rows.length), total: formatCount(found.total) })}</p>
      <WideTable className="weight-table examples-table">
        <thead>
          <tr>
            <th scope="col">{t("examples.row")}</th>
            <th scope="col">{t("examples.actual")}</th>
            {names.map((name, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two runs may have one name
              <th key={place} scope="col" className="clip" title={name}>
                {name}
              </th>
            ))}
            <ColumnHeads columns={shown} />
          </tr>
        </thead>
        <tbody>
          {found.rows.map(({ row, actual, first, second, better, cells }, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: of a sequence a row comes several times
            <tr key={line}>
              <th scope="row">{formatCount(row + 1)}</th>
              <td>{answerWords(actual)}</td>
              <Said text={answerWords(first)} mark={better === "first" || better === "both" ? mark : null} />
              <Said text={answerWords(second)} mark={better === "second" || better === "both" ? mark : null} />
              <RowCells columns={shown} cells={cells} dataset={details.run.dataset_id} />
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  );
}

function Said({ text, mark }: { text: string; mark: string | null }) {
  return (
    <td className={mark === null ? "examples-missed" : ""}>
      {text} {mark !== null && <span className="slices-better">{mark}</span>}
    </td>
  );
}
