/** What the members of a bagging group say together: the ensemble with its gain over the best of them, and its answers out of the bag. */
import type { MethodOutput, RunGroup } from "../../core/protocol/methods.ts";
import { openRun } from "../runs/opened-run.ts";
import { Members } from "../runs/RunEnsemble.tsx";
import { useAnswer } from "../runs/use-answer.ts";
import { figureTitle } from "../training/chart-words.ts";
import { sortedFigures } from "../training/metrics.ts";
import { Button } from "../ui/Button.tsx";
import { formatCount, formatFigure } from "../ui/format.ts";
import { Busy, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import "../runs/evaluation.css";

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
  const made = useAnswer("groups.combine", { id: groupId });
  const id = made.value?.run.id;
  const described = useAnswer("ensembles.describe", id === undefined ? null : { id, part: "validation" });
  // After the ensemble: both ask every member.
  const outside = useAnswer("groups.out_of_bag", described.value === null && described.error === null ? null : { id: groupId });
  if (made.error !== null) return <Failure error={made.error} />;
  return (
    <>
      {described.error !== null ? (
        <Failure error={described.error} />
      ) : described.value === null ? (
        <Busy what={t("ensemble.asking")} />
      ) : (
        <Members found={described.value} />
      )}
      {id !== undefined && (
        <Button small onClick={() => openRun(id)}>
          {t("bags.open")}
        </Button>
      )}
      <h3>{t("bags.outside")}</h3>
      <p className="muted">{t("bags.outside_help")}</p>
      {outside.error !== null ? (
        <Failure error={outside.error} />
      ) : outside.value === null ? (
        <Busy what={t("ensemble.asking")} />
      ) : (
        <Outside found={outside.value} />
      )}
    </>
  );
}

function Outside({ found }: { found: OutOfBag }) {
  const t = useText();
  const { measure, error, rows, training_rows: all, judges, figures, members } = found;
  const figure = (value: number): string => (measure === "wrong" ? `${formatFigure(value * 100, 3)} %` : formatFigure(value));
  return (
    <>
      <p>{t("bags.counted", { rows: formatCount(rows), all: formatCount(all), judges: formatFigure(judges, 3) })}</p>
      <table className="plain-table">
        <tbody>
          <tr>
            <th scope="row">{t(measure === "wrong" ? "ensemble.wrong" : "ensemble.error")}</th>
            <td className="number">
              <strong>{figure(error)}</strong>
            </td>
          </tr>
          {sortedFigures(Object.keys(figures)).map((name) => (
            <tr key={name}>
              <th scope="row">{figureTitle(name, t)}</th>
              <td className="number">{formatFigure(figures[name] ?? null)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("ensemble.member")}</th>
            <th scope="col">{t("bags.drawn")}</th>
            <th scope="col">{t("bags.left")}</th>
            <th scope="col">{t(measure === "wrong" ? "bags.member_error" : "bags.member_mean_error")}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <th scope="row">{member.name}</th>
              <td className="number">{formatCount(member.drawn)}</td>
              <td className="number">{formatCount(member.left)}</td>
              <td className="number">{figure(member.error)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
