/** Mean and deviation of every figure of a group, beside another group where one is chosen: is the difference more than chance? */
import { useState } from "react";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { valuesOf } from "../../core/sweeps/group-figures.ts";
import { summaryOf } from "../../core/sweeps/statistics.ts";
import { Difference } from "../compare/ComparedGroups.tsx";
import { useGroups } from "../state/groups.ts";
import { figureTitle } from "../training/chart-words.ts";
import { Select } from "../ui/Field.tsx";
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { type ComparedGroup, differenceOf, figuresOfRuns } from "./group-figures.ts";
import { groupTitle } from "./group-title.ts";
import { useGroup } from "./use-group.ts";

interface GroupSummaryProps {
  readonly group: RunGroup;
  readonly runs: readonly Run[];
  /** That all of them were made from. */
  readonly design: DesignDocument;
}

export function GroupSummary({ group, runs, design }: GroupSummaryProps) {
  const t = useText();
  const others = useGroups((state) => state.groups).filter(
    (other) => other.id !== group.id && other.project_id === group.project_id && (other.kind === "folds" || other.kind === "seeds"),
  );
  const [against, setAgainst] = useState("");
  const { open: other } = useGroup(against === "" ? null : against);
  const figures = figuresOfRuns(runs);
  if (figures.length === 0) return <p className="muted">{t("groups.no_figures")}</p>;
  return (
    <section className="group-summary" aria-label={t("groups.figures")}>
      {others.length > 0 && (
        <span className="group-against">
          {t("groups.compared")}
          <Select
            aria-label={t("groups.compared")}
            value={against}
            options={[{ value: "", label: t("groups.nothing") }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={setAgainst}
          />
        </span>
      )}
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("groups.figure")}</th>
            <th scope="col">{t("groups.mean")}</th>
            <th scope="col">{t("groups.deviation")}</th>
            <th scope="col">{t("groups.interval")}</th>
            <th scope="col">{t("groups.least_most")}</th>
            {other !== null && (
              <>
                <th scope="col">{groupTitle(other.group, t)}</th>
                <th scope="col">{t("groups.difference")}</th>
                <th scope="col">{t("groups.p")}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {figures.map(({ name, summary }) => (
            <tr key={name}>
              <th scope="row">{figureTitle(name, t)}</th>
              <td className="number">{formatFigure(summary.mean)}</td>
              <td className="number">{summary.deviation === null ? "" : formatFigure(summary.deviation)}</td>
              <td className="number">{summary.margin === null ? "" : `± ${formatFigure(summary.margin)}`}</td>
              <td className="number">{`${formatFigure(summary.least)} … ${formatFigure(summary.most)}`}</td>
              {other !== null && <Against figure={name} mine={{ group, runs, design }} theirs={other} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Against({ figure, mine, theirs }: { figure: string; mine: ComparedGroup; theirs: ComparedGroup }) {
  const t = useText();
  const summary = summaryOf(valuesOf(theirs.runs, figure));
  const found = differenceOf(mine, theirs, figure);
  const spread =
    summary?.deviation == null ? "" : t("groups.spread", { mean: formatFigure(summary.mean), deviation: formatFigure(summary.deviation) });
  return (
    <>
      <td className="number">{spread}</td>
      <Difference found={found} />
    </>
  );
}
