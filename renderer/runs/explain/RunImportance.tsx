/** Which columns a run needs: bars of permutation importance, and for the column that is chosen what the model makes of its values. */
import { useState } from "react";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { spanOf, useScrollWindow } from "../../data/use-window.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useLongAnswer } from "../../state/use-long-answer.ts";
import { metricTitle } from "../../training/chart-words.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { type ImportancePart, RunDependence } from "./RunDependence.tsx";
import "./importance.css";

type Importance = MethodOutput<"runs.importance">;

const REPEATS = [1, 5, 10, 30] as const;
/** Of a row, in pixels, as importance.css has it. */
const ROW_HEIGHT = 24;
/** Of the deviation bars: the same for the same run, whoever asks. */
const SEED = 0;

interface RunImportanceProps {
  readonly run: Run;
  readonly hasTest: boolean;
}

export function RunImportance({ run, hasTest }: RunImportanceProps) {
  const t = useText();
  const [part, setPart] = useState<ImportancePart>("validation");
  const [nodeId, setNodeId] = useState<string | null>(null);
  const [figure, setFigure] = useState<string | null>(null);
  const [repeats, setRepeats] = useState<(typeof REPEATS)[number]>(5);
  const [column, setColumn] = useState<string | null>(null);
  const outputs = useAnswer("runs.evaluation", { id: run.id, part: "validation" }).value?.evaluation.outputs ?? [];
  const answer = useLongAnswer("runs.importance", {
    id: run.id,
    part,
    node_id: nodeId,
    figure,
    repeats,
    seed: SEED,
  });
  const { value } = answer;
  const parts = (["validation", "training", ...(hasTest ? (["test"] as const) : [])] as const).map((one) => ({
    value: one,
    label: t(`charts.part.${one}`),
  }));
  const chosen = column ?? value?.columns[0]?.name ?? null;
  return (
    <div className="run-evaluation run-importance">
      <div className="field-pair">
        <Field label={t("evaluation.rows")}>{(control) => <Select {...control} value={part} options={parts} onChange={setPart} />}</Field>
        {outputs.length > 1 && (
          <Field label={t("evaluation.output")}>
            {(control) => (
              <Select
                {...control}
                value={nodeId ?? outputs[0]?.node_id ?? ""}
                options={outputs.map(({ node_id, name }) => ({ value: node_id, label: name }))}
                onChange={(id) => {
                  setNodeId(id);
                  setFigure(null);
                }}
              />
            )}
          </Field>
        )}
        {value !== null && (
          <Field label={t("importance.figure")}>
            {(control) => (
              <Select
                {...control}
                value={value.figure}
                options={value.figures.map((name) => ({ value: name, label: metricTitle(name, t) }))}
                onChange={setFigure}
              />
            )}
          </Field>
        )}
        <Field label={t("importance.repeats")}>
          {(control) => (
            <Select
              {...control}
              value={String(repeats)}
              options={REPEATS.map((count) => ({ value: String(count), label: formatCount(count) }))}
              onChange={(next) => setRepeats(REPEATS.find((count) => String(count) === next) ?? 5)}
            />
          )}
        </Field>
      </div>
      <LongState answer={answer} what={t("importance.working")} />
      {value !== null && <ImportanceTable found={value} chosen={chosen} onChoose={setColumn} />}
      {value !== null && chosen !== null && (
        <RunDependence key={`${part} ${nodeId ?? ""}`} run={run} part={part} nodeId={nodeId} column={chosen} />
      )}
    </div>
  );
}

interface ImportanceTableProps {
  readonly found: Importance;
  readonly chosen: string | null;
  readonly onChoose: (column: string) => void;
}

function ImportanceTable({ found, chosen, onChoose }: ImportanceTableProps) {
  const t = useText();
  const { ref, onScroll, top, height } = useScrollWindow();
  const { columns, figure, better, baseline, rows } = found;
  const reach = columns.map(({ mean, deviation }) => Math.abs(mean ?? 0) + (deviation ?? 0));
  const most = Math.max(...reach, Number.MIN_VALUE);
  const name = metricTitle(figure, t);
  // Thousands of columns: only the rows in sight are made.
  const { first, end } = spanOf(top, height, ROW_HEIGHT, columns.length);
  return (
    <section aria-label={t("importance.title")}>
      <h3>{t("importance.title")}</h3>
      <p className="muted">
        {t(better === "higher" ? "importance.falls" : "importance.rises", {
          figure: name,
          baseline: formatFigure(baseline),
          rows: formatCount(rows),
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long table scrolls, by keys too */}
      <div ref={ref} onScroll={onScroll} className="importance-scroll" tabIndex={0}>
        <table className="weight-table importance-table" aria-rowcount={columns.length + 1}>
          <thead>
            <tr>
              <th scope="col">{t("importance.column")}</th>
              <th scope="col">{t("importance.loss", { figure: name })}</th>
              <th scope="col">{t("importance.deviation")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            <RoomForRows rows={first} />
            {columns.slice(first, end).map((column, place) => (
              <ImportanceRow
                key={column.name}
                place={first + place}
                column={column}
                most={most}
                chosen={column.name === chosen}
                onChoose={onChoose}
              />
            ))}
            <RoomForRows rows={columns.length - end} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Stands for rows out of sight. */
const RoomForRows = ({ rows }: { rows: number }) => (rows === 0 ? null : <tr style={{ height: rows * ROW_HEIGHT }} />);

interface ImportanceRowProps {
  /** Among all rows, from 0. */
  readonly place: number;
  readonly column: Importance["columns"][number];
  readonly most: number;
  readonly chosen: boolean;
  readonly onChoose: (column: string) => void;
}

const BAR = { width: 150, height: 14 };

/** The bar of the mean, with its deviation as a line; to the left of the middle line nothing was lost. */
function ImportanceRow({ place, column: { name, mean, deviation }, most, chosen, onChoose }: ImportanceRowProps) {
  const t = useText();
  const zero = 24;
  const at = (value: number): number => zero + (Math.max(-most * 0.15, value) / most) * (BAR.width - zero - 4);
  const value = mean ?? 0;
  const spread = deviation ?? 0;
  return (
    <tr aria-selected={chosen} aria-rowindex={place + 2} className={chosen ? "is-chosen" : ""}>
      <th scope="row" className="clip" title={name}>
        <button
          type="button"
          className="importance-name"
          aria-pressed={chosen}
          title={t("importance.show", { column: name })}
          onClick={() => onChoose(name)}
        >
          {name}
        </button>
      </th>
      <td>{mean === null ? "–" : formatFigure(mean)}</td>
      <td>{deviation === null ? "–" : `± ${formatFigure(deviation, 3)}`}</td>
      <td className="importance-bar">
        <svg viewBox={`0 0 ${BAR.width} ${BAR.height}`} aria-hidden="true">
          <rect
            className={value < 0 ? "negative" : "positive"}
            x={Math.min(at(0), at(value))}
            width={Math.max(1, Math.abs(at(value) - at(0)))}
            y={2}
            height={BAR.height - 4}
          />
          <line className="spread" x1={at(value - spread)} x2={at(value + spread)} y1={BAR.height / 2} y2={BAR.height / 2} />
          <line className="zero" x1={at(0)} x2={at(0)} y1={0} y2={BAR.height} />
        </svg>
      </td>
    </tr>
  );
}
