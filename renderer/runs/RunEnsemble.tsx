/** An ensemble beside the list: its members, what is gained over the best of them, how much they differ, and what it says of new rows. */
import { useMemo, useState } from "react";
import { SURE } from "../../core/insight/slices/compare-slices.ts";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { PredictionsTab } from "../export/PredictionsTab.tsx";
import { useLongAnswer } from "../state/use-long-answer.ts";
import { Button } from "../ui/Button.tsx";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";
import { gainText } from "./ensemble-words.ts";
import { openRun } from "./opened-run.ts";

type Described = MethodOutput<"ensembles.describe">;
const PARTS = ["validation", "training", "test"] as const;

export function RunEnsemble({ run }: { run: Run }) {
  const t = useText();
  const [part, setPart] = useState<(typeof PARTS)[number]>("validation");
  const answer = useLongAnswer("ensembles.describe", { id: run.id, part });
  const { value } = answer;
  return (
    <div className="run-evaluation">
      <Field label={t("evaluation.rows")}>
        {(control) => (
          <Select
            {...control}
            value={part}
            options={PARTS.map((one) => ({ value: one, label: t(`charts.part.${one}`) }))}
            onChange={setPart}
          />
        )}
      </Field>
      <LongState answer={answer} what={t("ensemble.asking")} />
      {value !== null && <Members found={value} />}
      {value !== null && value.rule === "stacking" && part === "validation" && <p className="muted">{t("ensemble.stacking_note")}</p>}
      <details className="tensor">
        <summary>{t("ensemble.predict")}</summary>
        <PredictionsTab run={run} />
      </details>
    </div>
  );
}

function Members({ found }: { found: Described }) {
  const t = useText();
  const { members, best, gain, p, error, measure, rows, weights } = found;
  // Of one number alone what it is multiplied by can stand beside it.
  const coefficients = weights?.coefficients?.length === 1 ? weights.coefficients[0] : undefined;
  const figure = (value: number): string => (measure === "wrong" ? `${(value * 100).toFixed(1)} %` : formatFigure(value));
  const gap = (value: number): string =>
    measure === "wrong" ? t("ensemble.points", { points: (value * 100).toFixed(1) }) : formatFigure(value);
  const name = members[best]?.name ?? "";
  const chance = p === null ? t("ensemble.unknown") : t(p < SURE ? "ensemble.sure" : "ensemble.chance", { p: formatFigure(p, 2) });
  const verdict = gainText(gain, measure);
  return (
    <>
      <p className={gain > 0 && p !== null && p < SURE ? "slices-better" : ""}>{t(verdict, { gain: gap(Math.abs(gain)), name, chance })}</p>
      <table className="weight-table">
        <thead>
          <tr>
            <th scope="col">{t("ensemble.member")}</th>
            <th scope="col">{t(measure === "wrong" ? "ensemble.wrong" : "ensemble.error", { rows: formatCount(rows) })}</th>
            {weights !== null && <th scope="col">{t("ensemble.weight")}</th>}
            {coefficients !== undefined && <th scope="col">{t("ensemble.coefficient")}</th>}
          </tr>
        </thead>
        <tbody>
          {members.map((member, place) => (
            <tr key={member.id}>
              <th scope="row" className="clip" title={member.name}>
                <button type="button" className="link" onClick={() => openRun(member.id)}>
                  {member.name}
                </button>{" "}
                {place === best && <span className="muted">{t("ensemble.best")}</span>}
              </th>
              <td>{figure(member.error)}</td>
              {weights !== null && <td>{`${((weights.shares[place] ?? 0) * 100).toFixed(1)} %`}</td>}
              {coefficients !== undefined && <td>{formatFigure(coefficients[place] ?? null, 3)}</td>}
            </tr>
          ))}
          <tr>
            <th scope="row">
              <strong>{t("ensemble.whole")}</strong>
            </th>
            <td>
              <strong>{figure(error)}</strong>
            </td>
            {weights !== null && <td />}
            {coefficients !== undefined && <td />}
          </tr>
        </tbody>
      </table>
      {weights !== null && <p className="muted">{t("ensemble.weight_help")}</p>}
      <h3>{t("ensemble.differ")}</h3>
      <p className="muted">{t("ensemble.differ_help")}</p>
      <Pairs found={found} />
    </>
  );
}

/** More pairs are shown when they are asked for: of sixteen members there are 120. */
const FIRST_PAIRS = 10;

function Pairs({ found: { members, measure, pairs } }: { found: Described }) {
  const t = useText();
  const [all, setAll] = useState(false);
  const sorted = useMemo(() => [...pairs].sort((a, b) => (a.correlation ?? 1) - (b.correlation ?? 1)), [pairs]);
  const shown = all ? sorted : sorted.slice(0, FIRST_PAIRS);
  return (
    <>
      <table className="weight-table">
        <thead>
          <tr>
            <th scope="col">{t("ensemble.member")}</th>
            {measure === "wrong" && <th scope="col">{t("ensemble.disagreement")}</th>}
            <th scope="col">{t("ensemble.correlation")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ first, second, disagreement, correlation }) => (
            <tr key={`${first} ${second}`}>
              <th scope="row">{t("ensemble.pair", { first: members[first]?.name ?? "", second: members[second]?.name ?? "" })}</th>
              {measure === "wrong" && <td>{disagreement === null ? "–" : `${(disagreement * 100).toFixed(1)} %`}</td>}
              <td>{correlation === null ? "–" : correlation.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown.length && (
        <Button small onClick={() => setAll(true)}>
          {t("ensemble.all_pairs", { count: sorted.length })}
        </Button>
      )}
    </>
  );
}
