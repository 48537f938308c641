/** What the members of a bagging group say together: the ensemble with its gain over the best of them, and its answers out of the bag. */
import { SURE } from "../../core/insight/slices/compare-slices.ts";
import type { MethodOutput, Run, RunGroup } from "../../core/protocol/methods.ts";
import { gainText } from "../runs/ensemble-words.ts";
import { openRun } from "../runs/opened-run.ts";
import { useLongAnswer } from "../state/use-long-answer.ts";
import { metricTitle } from "../training/chart-words.ts";
import { curveName, metricsOfCurves } from "../training/metrics.ts";
import { Button } from "../ui/Button.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";

type Described = MethodOutput<"ensembles.describe">;
type OutOfBag = MethodOutput<"groups.out_of_bag">;

export function Bagging({ group }: { group: RunGroup }) {
  const t = useText();
  const ended = group.status !== "going";
  return (
    <section className="bagging" aria-label={t("bags.title")}>
      <h2>{t("bags.title")}</h2>
      <p className="muted">{t("bags.help")}</p>
      {ended ? <Together groupId={group.id} /> : <p className="muted">{t("bags.wait")}</p>}
    </section>
  );
}

function Together({ groupId }: { groupId: string }) {
  const t = useText();
  const made = useLongAnswer("groups.combine", { id: groupId });
  const run = made.value?.run;
  const described = useLongAnswer("ensembles.describe", run === undefined ? null : { id: run.id, part: "validation" });
  // After the ensemble: both ask every member.
  const ready = described.value !== null || described.error !== null || made.error !== null;
  const outside = useLongAnswer("groups.out_of_bag", ready ? { id: groupId } : null);
  // One after the other, and one at a time is told of.
  const going = made.value === null ? made : described.value === null ? described : outside;
  return (
    <>
      <LongState answer={going} what={t("ensemble.asking")} />
      {described.value !== null && <Gain found={described.value} />}
      {outside.value !== null && (
        <p>
          {t("bags.outside_help")}{" "}
          {t("bags.counted", {
            rows: formatCount(outside.value.rows),
            all: formatCount(outside.value.training_rows),
            judges: formatFigure(outside.value.judges, 3),
          })}
        </p>
      )}
      {outside.value !== null && <Answers metrics={run?.metrics ?? {}} outside={outside.value} />}
      {outside.value !== null && <MemberTable described={described.value} outside={outside.value} />}
      {run !== undefined && (
        <Button small onClick={() => openRun(run.id)}>
          {t("bags.open")}
        </Button>
      )}
    </>
  );
}

/** What is gained over the best member, and how far the members differ. */
function Gain({ found: { members, best, gain, p, measure, pairs } }: { found: Described }) {
  const t = useText();
  const name = members[best]?.name ?? "";
  const chance = p === null ? t("ensemble.unknown") : t(p < SURE ? "ensemble.sure" : "ensemble.chance", { p: formatFigure(p, 2) });
  const verdict = gainText(gain, measure);
  const gap = Math.abs(gain);
  const words = measure === "wrong" ? t("ensemble.points", { points: (gap * 100).toFixed(1) }) : formatFigure(gap);
  const disagreement = mean(pairs.map((pair) => pair.disagreement));
  const correlation = mean(pairs.map((pair) => pair.correlation));
  return (
    <p>
      {t(verdict, { gain: words, name, chance })} {disagreement !== null && t("bags.disagree", { share: errorText(disagreement, "wrong") })}{" "}
      {correlation !== null && t("bags.correlate", { correlation: formatFigure(correlation, 2) })}
    </p>
  );
}

/** Those figures that the runs have in the table, of the rows held out and out of the bag. */
function Answers({ metrics, outside }: { metrics: Run["metrics"]; outside: OutOfBag }) {
  const t = useText();
  const names = metricsOfCurves(Object.keys(metrics)).filter((name) => name in outside.figures);
  if (names.length === 0) return null;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("ensemble.whole")}</th>
          <th scope="col">{t("charts.part.validation")}</th>
          <th scope="col">{t("bags.outside")}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{metricTitle(name, t)}</th>
            <td className="number">{formatFigure(metrics[curveName(name, "validation")] ?? null)}</td>
            <td className="number">{formatFigure(outside.figures[name] ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MemberTable({ described, outside }: { described: Described | null; outside: OutOfBag }) {
  const t = useText();
  const { measure, members, error } = outside;
  const errors = new Map(described?.members.map((member) => [member.id, member.error]));
  const best = described?.members[described.best]?.id;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{t("ensemble.member")}</th>
          <th scope="col">{t("bags.drawn")}</th>
          <th scope="col">{t("bags.left")}</th>
          <th scope="col">{t(measure === "wrong" ? "bags.member_wrong" : "bags.member_error")}</th>
          <th scope="col">{t(measure === "wrong" ? "bags.left_wrong" : "bags.left_error")}</th>
        </tr>
      </thead>
      <tbody>
        {members.map(({ id, name, drawn, left, error: own }) => (
          <tr key={id}>
            <th scope="row">
              {name} {id === best && <span className="muted">{t("ensemble.best")}</span>}
            </th>
            <td className="number">{formatCount(drawn)}</td>
            <td className="number">{formatCount(left)}</td>
            <td className="number">{errorText(errors.get(id), measure)}</td>
            <td className="number">{errorText(own, measure)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">
            <strong>{t("ensemble.whole")}</strong>
          </th>
          <td />
          <td />
          <td className="number">
            <strong>{errorText(described?.error, measure)}</strong>
          </td>
          <td className="number">
            <strong>{errorText(error, measure)}</strong>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function errorText(value: number | undefined, measure: OutOfBag["measure"]): string {
  if (value === undefined) return "";
  return measure === "wrong" ? `${(value * 100).toFixed(1)} %` : formatFigure(value);
}

/** Of those that are known; null of none. */
function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
