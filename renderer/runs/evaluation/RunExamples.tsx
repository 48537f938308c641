/** Rows behind the figures of a run: those it got most wrong, or those of one cell of the confusion matrix, with what stands in them. */
import { useEffect, useRef, useState } from "react";
import type { Run } from "../../../core/protocol/methods.ts";
import { useRunDetails } from "../../compare/run-details.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { WideTable } from "../../ui/WideTable.tsx";
import { ExampleChoice, useRowsAreOpen } from "./ExampleChoice.tsx";
import type { AskedRows, EvaluatedOutput } from "./evaluated.ts";
import { MoreRows, useRowCount } from "./MoreRows.tsx";
import { answerWords, ColumnHeads, RowCells } from "./RowCells.tsx";
import { SeveralRows } from "./SeveralRows.tsx";
import { shownColumns } from "./shown-columns.ts";

/** A cell of the confusion matrix, by the indices of its classes. */
export interface ConfusionCell {
  readonly actual: number;
  readonly predicted: number;
}

interface RunExamplesProps {
  readonly run: Run;
  readonly output: EvaluatedOutput;
  readonly of: AskedRows;
  /** Null for the worst of all. */
  readonly cell: ConfusionCell | null;
  readonly onClear: () => void;
}

export function RunExamples({ run, output, of, cell, onClear }: RunExamplesProps) {
  const t = useText();
  const asked = { id: run.id, ...of, node_id: output.node_id, actual: cell?.actual ?? null, predicted: cell?.predicted ?? null };
  const question = JSON.stringify(asked);
  const { count, more } = useRowCount(question);
  const answer = useLongAnswer("runs.examples", { ...asked, count }, 0, question);
  const { value } = answer;
  const section = useRef<HTMLElement>(null);
  // The matrix may be long: what a cell opens is brought into sight.
  useEffect(() => {
    if (cell !== null && value !== null) section.current?.scrollIntoView({ block: "nearest" });
  }, [cell, value]);
  const name = (index: number): string => output.labels[index] ?? String(index);
  const title =
    cell === null
      ? t("examples.worst")
      : t(cell.actual === cell.predicted ? "examples.right" : "examples.wrong", {
          actual: name(cell.actual),
          predicted: name(cell.predicted),
        });
  return (
    <section ref={section} className="examples" aria-label={title}>
      <header className="examples-head">
        <h3>{title}</h3>
        {value !== null && (
          <span className="muted">{t("examples.count", { shown: formatCount(value.rows.length), total: formatCount(value.total) })}</span>
        )}
        {cell !== null && (
          <Button small onClick={onClear}>
            {t("examples.all")}
          </Button>
        )}
      </header>
      <LongState answer={answer} what={t("examples.working")} />
      {value !== null && value.rows.length === 0 && <p className="muted">{t("examples.none")}</p>}
      {value !== null && value.rows.length > 0 && <Rows run={run} other={of.dataset_id ?? null} output={output} found={value} />}
      {value !== null && (
        <MoreRows
          shown={value.rows.length}
          total={value.total}
          count={count}
          more={more}
          progress={answer.progress}
          cancel={answer.cancel}
          working={t("examples.working")}
        />
      )}
    </section>
  );
}

interface RowsProps {
  readonly run: Run;
  /** Data set that the rows are of, where that is not the run's own. */
  readonly other: string | null;
  readonly output: EvaluatedOutput;
  readonly found: NonNullable<ReturnType<typeof useLongAnswer<"runs.examples">>["value"]>;
}

function Rows({ run, other, output, found }: RowsProps) {
  const t = useText();
  const { details } = useRunDetails([run.id]);
  const shown = shownColumns(found.columns, details[0]?.design.data?.columns);
  const areOpen = useRowsAreOpen(run);
  const mayChoose = areOpen && other === null;
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const isClasses = output.task === "classes" || output.task === "two_classes";
  const sure = found.rows.some(({ confidence }) => confidence !== null);
  return (
    <>
      {!mayChoose && <p className="muted">{t(other === null ? "rows.not_open" : "rows.of_other")}</p>}
      {mayChoose && (
        <SeveralRows
          marked={found.rows.filter(({ row }) => marked.has(row))}
          column={isClasses ? found.target_column : null}
          labels={output.labels}
          onDone={() => setMarked(new Set())}
        />
      )}
      <WideTable className="weight-table examples-table">
        <thead>
          <tr>
            {mayChoose && (
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={t("rows.mark_all")}
                  checked={found.rows.every(({ row }) => marked.has(row))}
                  onChange={(event) => setMarked(event.currentTarget.checked ? new Set(found.rows.map(({ row }) => row)) : new Set())}
                />
              </th>
            )}
            <th scope="col">{t("examples.row")}</th>
            <th scope="col">{t("examples.actual")}</th>
            <th scope="col">{t("examples.predicted")}</th>
            {sure && <th scope="col">{t("examples.confidence")}</th>}
            {output.task === "numbers" && <th scope="col">{t("examples.error")}</th>}
            {mayChoose && <th scope="col">{t("rows.heading")}</th>}
            <ColumnHeads columns={shown} />
          </tr>
        </thead>
        <tbody>
          {found.rows.map(({ row, actual, predicted, confidence, error, cells }) => (
            <tr key={row}>
              {mayChoose && (
                <td>
                  <input
                    type="checkbox"
                    aria-label={t("rows.mark", { row: formatCount(row + 1) })}
                    checked={marked.has(row)}
                    onChange={(event) => setMarked(withRow(marked, row, event.currentTarget.checked))}
                  />
                </td>
              )}
              <th scope="row">{formatCount(row + 1)}</th>
              <td>{answerWords(actual)}</td>
              <td className={output.task === "numbers" || answerWords(actual) === answerWords(predicted) ? "" : "examples-missed"}>
                {answerWords(predicted)}
              </td>
              {sure && <td>{confidence === null ? "–" : `${(confidence * 100).toFixed(1)} %`}</td>}
              {output.task === "numbers" && <td>{error === null ? "–" : formatFigure(error)}</td>}
              {mayChoose && (
                <td>
                  <ExampleChoice
                    row={row}
                    column={isClasses ? found.target_column : null}
                    labels={output.labels}
                    actual={answerWords(actual)}
                  />
                </td>
              )}
              <RowCells columns={shown} cells={cells} dataset={other ?? run.dataset_id} />
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  );
}

function withRow(rows: ReadonlySet<number>, row: number, isIn: boolean): ReadonlySet<number> {
  const next = new Set(rows);
  if (isIn) next.add(row);
  else next.delete(row);
  return next;
}
