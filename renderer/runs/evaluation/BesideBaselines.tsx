/** Of a time series: seasonal naive and linear beside the run's own figures, on the same rows. They come by themselves; the rest is not kept waiting. */

import { isBaseline } from "../../../core/baselines/backend.ts";
import { baselineDefinition } from "../../../core/baselines/definitions.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { metricTitle } from "../../training/chart-words.ts";
import { higherIsBetter, sortedFigures } from "../../training/metrics.ts";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { useLanguage, useText } from "../../ui/texts.ts";
import { WideTable } from "../../ui/WideTable.tsx";
import type { AskedRows, EvaluatedOutput } from "./evaluated.ts";

type Beside = NonNullable<EvaluatedOutput["baselines"]>[number];

/** What says in one figure which of two is better. */
const DECIDING = ["rmse", "accuracy"];

export function BesideBaselines({ run, design, of, output }: { run: Run; design: DesignDocument; of: AskedRows; output: EvaluatedOutput }) {
  const t = useText();
  const isSeries = design.data?.window !== undefined && !isBaseline(run);
  const asked = of.dataset_id === undefined ? { id: run.id, part: of.part } : { id: run.id, dataset_id: of.dataset_id };
  const answer = useAnswer("baselines.beside", isSeries && output.baselines === undefined ? asked : null);
  if (!isSeries) return null;
  const baselines = output.baselines ?? answer.value?.outputs.find(({ node_id }) => node_id === output.node_id)?.baselines ?? [];
  return (
    <section>
      <h3>{t("baselines.beside")}</h3>
      {output.baselines === undefined && <LongState small answer={answer} what={t("baselines.making")} />}
      {baselines.length > 0 && <BesideTable output={output} baselines={baselines} isOther={of.dataset_id !== undefined} />}
    </section>
  );
}

function BesideTable({ output, baselines, isOther }: { output: EvaluatedOutput; baselines: readonly Beside[]; isOther: boolean }) {
  const t = useText();
  const language = useLanguage();
  const names = sortedFigures(Object.keys(output.figures));
  const figure = (value: number | null | undefined): string => (value == null ? "–" : formatFigure(value));
  const learnt = ({ learnt_from: { rows, held_out } }: Beside): string =>
    t(isOther ? "baselines.learnt_from_others" : held_out ? "baselines.learnt_from" : "baselines.learnt_from_these", {
      rows: formatCount(rows),
    });
  return (
    <>
      <WideTable className="weight-table beside">
        <thead>
          <tr>
            <td />
            <th scope="col">{t("baselines.this_run")}</th>
            {baselines.map(({ name }) => (
              <th key={name} scope="col" title={baselineDefinition(name).texts[language].summary}>
                {baselineDefinition(name).texts[language].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const values = [output.figures[name], ...baselines.map(({ figures }) => figures[name])];
            const best = bestOf(name, values);
            return (
              <tr key={name}>
                <th scope="row">{metricTitle(name, t)}</th>
                {values.map((value, place) => (
                  <td key={baselines[place - 1]?.name ?? ""}>{value === best ? <strong>{figure(value)}</strong> : figure(value)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </WideTable>
      <p className="muted">{[comparison(output, baselines, t), ...baselines.map((one) => how(one, learnt(one), t, language))].join(" ")}</p>
    </>
  );
}

function bestOf(name: string, values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value) => value != null);
  if (known.length < 2) return undefined;
  return higherIsBetter(name) ? Math.max(...known) : Math.min(...known);
}

/** "Seasonal naive: the value 7 rows before, learnt from 80 training rows." */
function how(one: Beside, learnt: string, t: ReturnType<typeof useText>, language: ReturnType<typeof useLanguage>): string {
  const back = one.said?.params["back"];
  const what = back === undefined ? learnt : `${t("baselines.season", { back })}${t("baselines.comma")}${learnt}`;
  return t("baselines.how", { name: baselineDefinition(one.name).texts[language].label, what });
}

function comparison({ figures }: EvaluatedOutput, baselines: readonly Beside[], t: ReturnType<typeof useText>): string {
  const name = DECIDING.find((one) => figures[one] != null);
  if (name === undefined) return "";
  const sign = higherIsBetter(name) ? 1 : -1;
  const better = (one: Beside): boolean =>
    one.figures[name] != null && sign * ((figures[name] as number) - (one.figures[name] as number)) > 0;
  return t("baselines.beaten", { count: baselines.filter(better).length, all: baselines.length, figure: metricTitle(name, t) });
}
