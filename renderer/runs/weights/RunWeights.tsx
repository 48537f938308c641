/** Trained weights of a run, layer by layer: coefficients and odds of a regression, figures and the first values of any tensor. */
import { useState } from "react";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount, formatFigure, formatShape } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useText } from "../../ui/texts.ts";
import { WideTable } from "../../ui/WideTable.tsx";
import { type Coefficients, coefficientsOf, figuresOf, type LayerWeights, layersWithWeights, type WeightTensor } from "./coefficients.ts";
import { StepWeights } from "./StepWeights.tsx";
import { WeightHistogram } from "./WeightHistogram.tsx";
import { windowWeights } from "./window-weights.ts";

/** Of a large tensor this much is written out. */
const MOST_ROWS = 64;
const MOST_COLUMNS = 16;

interface RunWeightsProps {
  readonly run: Run;
  readonly design: DesignDocument;
  /** As they were at its end; left out: those of the trained model; null: there are none yet. */
  readonly epoch?: number | undefined | null;
}

export function RunWeights({ run, design, epoch }: RunWeightsProps) {
  const t = useText();
  const layers = layersWithWeights(design);
  const [chosen, setChosen] = useState<string | null>(null);
  const layer = layers.find((node) => node.id === chosen) ?? layers[0];
  const isThere = epoch === undefined ? run.has_model : epoch !== null;
  const answer = useAnswer(
    "runs.weights",
    isThere && layer !== undefined ? { id: run.id, node_id: layer.id, ...(epoch == null ? {} : { epoch }) } : null,
    `${run.id} ${layer?.id}`,
  );
  const { value } = answer;
  if (!isThere) return <p className="run-note muted">{t("runs.no_model")}</p>;
  if (layer === undefined) return <p className="run-note muted">{t("weights.none")}</p>;
  const coefficients = value === null ? null : coefficientsOf(design, layer, value);
  const steps = coefficients === null ? null : windowWeights(coefficients);
  return (
    <div className="run-weights">
      <Field label={t("weights.layer")}>
        {(control) => (
          <Select
            {...control}
            value={layer.id}
            options={layers.map((node) => ({ value: node.id, label: node.name }))}
            onChange={setChosen}
          />
        )}
      </Field>
      <LongState answer={answer} what={t("common.loading")} />
      {steps !== null && <StepWeights series={steps} />}
      {coefficients !== null && <CoefficientTable coefficients={coefficients} />}
      {value !== null && <Tensors key={`${run.id} ${layer.id}`} weights={value} titled={coefficients !== null} />}
    </div>
  );
}

function CoefficientTable({ coefficients }: { coefficients: Coefficients }) {
  const t = useText();
  const { units, rows, intercepts, odds } = coefficients;
  const lines = [...rows, ...(intercepts === null ? [] : [{ feature: t("weights.intercept"), values: intercepts }])];
  return (
    <section>
      <h3>{t("weights.coefficients")}</h3>
      <p className="muted">{t("weights.coefficients_text")}</p>
      {odds && <p className="muted">{t("weights.odds_text")}</p>}
      <WideTable className="weight-table">
        <thead>
          <tr>
            <th scope="col">{t("weights.feature")}</th>
            {units.flatMap((unit) => [
              <th key={unit} scope="col">
                {unit === "" ? t("weights.coefficient") : unit}
              </th>,
              ...(odds
                ? [
                    <th key={`${unit} odds`} scope="col">
                      {t("weights.odds")}
                    </th>,
                  ]
                : []),
            ])}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.feature}>
              <th scope="row" className="clip" title={line.feature}>
                {line.feature}
              </th>
              {line.values.flatMap((value, unit) => [
                <Weight key={`${units[unit]} w`} value={value} />,
                ...(odds ? [<td key={`${units[unit]} odds`}>{value === null ? "NaN" : formatFigure(Math.exp(value))}</td>] : []),
              ])}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

/** Blue is positive, orange negative; the sign says it too. */
function Weight({ value }: { value: number | null }) {
  const sign = value === null || value === 0 ? "" : value > 0 ? "positive" : "negative";
  return <td className={sign}>{value !== null && value > 0 ? `+${formatFigure(value)}` : formatFigure(value).replace("-", "−")}</td>;
}

function Tensors({ weights, titled }: { weights: LayerWeights; titled: boolean }) {
  const t = useText();
  if (weights.parameters.length === 0) return <p className="muted">{t("weights.none")}</p>;
  return (
    <>
      {titled && <h3>{t("weights.all")}</h3>}
      {weights.parameters.map((tensor) => (
        <Tensor key={tensor.name} tensor={tensor} features={weights.features} open={!titled} />
      ))}
    </>
  );
}

function Tensor({ tensor, features, open }: { tensor: WeightTensor; features: readonly string[]; open: boolean }) {
  const t = useText();
  const { name, shape, values } = tensor;
  const columns = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  const rows = Math.ceil(values.length / columns);
  const figures = figuresOf(values);
  const shownRows = Math.min(rows, MOST_ROWS);
  const shownColumns = Math.min(columns, MOST_COLUMNS);
  const rowName = (row: number): string =>
    shape.length === 2 && features.length === rows
      ? (features[row] ?? "")
      : // A bias has one number a unit; it has no rows.
        t(shape.length === 1 ? "weights.unit" : "weights.row", { number: row + 1 });
  return (
    <details className="tensor" open={open && values.length <= MOST_ROWS}>
      <summary>
        <b className="mono">{name}</b>{" "}
        <span className="muted number">
          {t("weights.summary", {
            shape: formatShape(shape),
            count: formatCount(values.length),
            min: formatFigure(figures.min),
            max: formatFigure(figures.max),
            mean: formatFigure(figures.mean),
            deviation: formatFigure(figures.deviation),
          })}
        </span>
      </summary>
      {values.length > 1 && <WeightHistogram tensor={tensor} />}
      <WideTable className="weight-table">
        {columns > 1 && (
          <thead>
            <tr>
              <th />
              {Array.from({ length: shownColumns }, (_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: units of a layer are known by their number
                <th key={column} scope="col">
                  {t("weights.unit", { number: column + 1 })}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {Array.from({ length: shownRows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a tensor are known by their number
            <tr key={row}>
              <th scope="row" className="clip">
                {rowName(row)}
              </th>
              {Array.from({ length: shownColumns }, (_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <Weight key={column} value={values[row * columns + column] ?? null} />
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {(shownRows < rows || shownColumns < columns) && (
        <p className="faint">{t("weights.part_shown", { rows: shownRows, columns: shownColumns })}</p>
      )}
    </details>
  );
}
