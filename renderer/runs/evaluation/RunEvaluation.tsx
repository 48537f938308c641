/** The full evaluation of a run on its validation, training or test rows: figures, classes, confusion matrix, curves, calibration. */
import { useState } from "react";
import { isFittedBaseline } from "../../../core/baselines/backend.ts";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { hasTestPart } from "../../../core/graph/test-part.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { saidOfBaseline } from "../../../resources/translations/said-of-baseline.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { sortedFigures } from "../../training/metrics.ts";
import { InlineSelect } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useLanguage, useText } from "../../ui/texts.ts";
import { WideTable } from "../../ui/WideTable.tsx";
import { BesideBaselines } from "./BesideBaselines.tsx";
import { EvaluationCurves } from "./EvaluationCurves.tsx";
import { EvaluationFigures } from "./EvaluationFigures.tsx";
import type { AskedRows, EvaluatedOutput } from "./evaluated.ts";
import { OtherData } from "./OtherData.tsx";
import { type ConfusionCell, RunExamples } from "./RunExamples.tsx";
import { RunResiduals } from "./RunResiduals.tsx";
import { RunSlices } from "./RunSlices.tsx";
import "./evaluation.css";
import { FigureHeads } from "./FigureHeads.tsx";

const PARTS = ["validation", "training", "test"] as const;
type Part = (typeof PARTS)[number];
/** All rows of another data set. */
const OTHER = "other";

export function RunEvaluation({ run, design }: { run: Run; design: DesignDocument }) {
  const t = useText();
  const [part, setPart] = useState<Part | typeof OTHER>("validation");
  const [other, setOther] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  /** Times that the threshold was kept: everything below it is asked again. */
  const [again, setAgain] = useState(0);
  const ofOther = other === null ? null : { id: run.id, dataset_id: other };
  const asked = part === OTHER ? ofOther : { id: run.id, part };
  // A baseline has no model: it is fitted again where rows are asked that are not kept with its run.
  const isJudged = run.has_model || isEnsemble(run) || isFittedBaseline(run);
  const answer = useLongAnswer("runs.evaluation", isJudged ? asked : null, again);
  const { value } = answer;
  if (!isJudged) return <p className="run-note muted">{t("runs.no_model")}</p>;
  const outputs = value?.evaluation.outputs ?? [];
  const output = outputs.find(({ node_id }) => node_id === chosen) ?? outputs[0];
  return (
    <div className="run-evaluation">
      <div className="evaluation-rows">
        <InlineSelect
          label={t("evaluation.rows")}
          value={part}
          options={[
            ...PARTS.filter((one) => one !== "test" || hasTestPart(design)).map((one) => ({
              value: one,
              label: t(`charts.part.${one}`),
            })),
            ...(isJudged ? [{ value: OTHER, label: t("evaluation.other") } as const] : []),
          ]}
          onChange={setPart}
        />
        {output !== undefined && outputs.length > 1 && (
          <InlineSelect
            label={t("evaluation.output")}
            value={output.node_id}
            options={outputs.map(({ node_id, name }) => ({ value: node_id, label: name }))}
            onChange={setChosen}
          />
        )}
        {output !== undefined && (
          <span className="muted">
            {t(output.weight === output.rows ? "evaluation.row_count" : "evaluation.row_weight", {
              rows: formatCount(output.rows),
              weight: formatFigure(output.weight),
            })}
          </span>
        )}
      </div>
      {part === OTHER && <OtherData run={run} design={design} chosen={other} onChoose={setOther} />}
      {asked !== null && <LongState answer={answer} what={t("evaluation.working")} />}
      {value !== null && output === undefined && <p className="muted">{t("evaluation.no_rows")}</p>}
      {output !== undefined && (
        <OutputEvaluation
          key={`${part} ${other ?? ""} ${output.node_id} ${again}`}
          run={run}
          design={design}
          of={part === OTHER ? { part: "validation", ...(other === null ? {} : { dataset_id: other }) } : { part }}
          output={output}
          onKept={() => setAgain(again + 1)}
        />
      )}
    </div>
  );
}

interface OutputEvaluationProps {
  readonly run: Run;
  readonly design: DesignDocument;
  readonly of: AskedRows;
  readonly output: EvaluatedOutput;
  /** A threshold was kept with the model. */
  readonly onKept: () => void;
}

function OutputEvaluation({ run, design, of, output, onKept }: OutputEvaluationProps) {
  const t = useText();
  const [cell, setCell] = useState<ConfusionCell | null>(null);
  const { loss, figures, classes, confusion, labels } = output;
  const said = saidOfBaseline(run.name, output.said ?? [], useLanguage());
  return (
    <>
      {output.threshold !== undefined && (
        <p className="muted">{t("threshold.kept", { label: labels[1] ?? "", threshold: formatFigure(output.threshold) })}</p>
      )}
      {output.label_thresholds !== undefined && (
        <p className="muted">
          {t("threshold.kept_labels", {
            thresholds: labels.map((label, k) => `${label} > ${formatFigure(output.label_thresholds?.[k] ?? 0.5)}`).join(", "),
          })}
        </p>
      )}
      {said !== "" && <p className="muted">{said}</p>}
      <EvaluationFigures loss={loss} figures={figures} />
      {confusion !== null && <Confusion labels={labels} matrix={confusion} chosen={cell} onChoose={setCell} />}
      <BesideBaselines run={run} design={design} of={of} output={output} />
      <RunExamples run={run} of={of} output={output} cell={cell} onClear={() => setCell(null)} />
      {output.task === "numbers" && <RunResiduals run={run} design={design} of={of} output={output} />}
      <RunSlices run={run} design={design} of={of} output={output} />
      {classes.length > 0 && <Classes classes={classes} />}
      <EvaluationCurves run={run} of={of} output={output} onKept={onKept} />
    </>
  );
}

interface ConfusionProps {
  readonly labels: readonly string[];
  readonly matrix: readonly (readonly number[])[];
  readonly chosen: ConfusionCell | null;
  readonly onChoose: (cell: ConfusionCell | null) => void;
}

/** Rows are what is, columns what was predicted. The share of its row shades a cell; the number says it too. */
function Confusion({ labels, matrix, chosen, onChoose }: ConfusionProps) {
  const t = useText();
  return (
    <section>
      <h3>{t("evaluation.confusion")}</h3>
      <WideTable className="confusion">
        <caption className="muted">{t("evaluation.confusion_text")}</caption>
        <thead>
          <tr>
            <td />
            {labels.map((label) => (
              <th key={label} scope="col" className="clip" title={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((line, row) => {
            const total = line.reduce((sum, value) => sum + value, 0);
            return (
              <tr key={labels[row]}>
                <th scope="row" className="clip" title={labels[row]}>
                  {labels[row]}
                </th>
                {line.map((value, column) => (
                  <td
                    key={labels[column]}
                    className={row === column ? "right" : "wrong"}
                    style={{ "--share": total === 0 ? 0 : value / total } as React.CSSProperties}
                  >
                    {value === 0 ? (
                      <span className="faint">0</span>
                    ) : (
                      <button
                        type="button"
                        className="confusion-cell"
                        aria-pressed={chosen?.actual === row && chosen.predicted === column}
                        aria-label={t("examples.open", {
                          count: formatFigure(value),
                          actual: labels[row] ?? "",
                          predicted: labels[column] ?? "",
                        })}
                        onClick={() => onChoose({ actual: row, predicted: column })}
                      >
                        {formatFigure(value)}
                      </button>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </WideTable>
    </section>
  );
}

function Classes({ classes }: { classes: EvaluatedOutput["classes"] }) {
  const t = useText();
  const figures = sortedFigures(classes.flatMap((one) => Object.keys(one.figures)));
  return (
    <section>
      <h3>{t("evaluation.classes")}</h3>
      <WideTable className="weight-table">
        <thead>
          <tr>
            <th scope="col">{t("evaluation.class")}</th>
            <th scope="col">{t("evaluation.support")}</th>
            <FigureHeads figures={figures} />
          </tr>
        </thead>
        <tbody>
          {classes.map((one) => (
            <tr key={one.label}>
              <th scope="row" className="clip" title={one.label}>
                {one.label}
              </th>
              <td>{formatFigure(one.support)}</td>
              {figures.map((name) => (
                <td key={name}>{one.figures[name] === null ? "–" : formatFigure(one.figures[name] ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
