/**
 * Groups of which at least two members are compared: mean and deviation of each figure side by side, and whether they differ by more than
 * chance: two from each other, of more each from the first, corrected for how many are asked.
 */
import type { Run } from "../../core/protocol/methods.ts";
import { countedRuns, valuesOf } from "../../core/sweeps/group-figures.ts";
import { holm } from "../../core/sweeps/holm.ts";
import { summaryOf } from "../../core/sweeps/statistics.ts";
import { useGroups } from "../state/groups.ts";
import { showGroup } from "../state/view.ts";
import { differenceOf, figuresOfRuns } from "../sweeps/group-figures.ts";
import { groupTitle } from "../sweeps/group-title.ts";
import { figureTitle } from "../training/chart-words.ts";
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { Chance, SURE } from "./Chance.tsx";
import { useRunDetails } from "./run-details.ts";
import "../sweeps/sweeps.css";

export function ComparedGroups({ runs }: { runs: readonly Run[] }) {
  const t = useText();
  const found = useGroups((state) => state.groups)
    .map((group) => ({ group, runs: countedRuns(runs.filter((run) => run.group_id === group.id)) }))
    .filter((side) => side.runs.length > 1)
    .reverse();
  const { details } = useRunDetails(found.flatMap((side) => side.runs[0]?.id ?? []));
  const groups = found.map((side) => ({ ...side, design: details.find(({ run }) => run.id === side.runs[0]?.id)?.design ?? null }));
  const [first, second] = groups;
  if (first === undefined) return null;
  const names = [...new Set(groups.flatMap((side) => figuresOfRuns(side.runs).map(({ name }) => name)))];
  const spread = (of: readonly Run[], name: string): string => {
    const found = summaryOf(valuesOf(of, name));
    if (found === null) return "";
    const mean = formatFigure(found.mean);
    return found.deviation === null ? mean : t("groups.spread", { mean, deviation: formatFigure(found.deviation, 2) });
  };
  const two = groups.length === 2 && second !== undefined ? second : null;
  const several = groups.length > 2 ? groups.slice(1) : [];
  const chanceOf = (name: string): ReadonlyMap<string, number | null> => {
    const corrected = holm(several.map((side) => differenceOf(first, side, name)?.p ?? null));
    return new Map(several.map(({ group }, place) => [group.id, corrected[place] ?? null]));
  };
  return (
    <section className="group-summary" aria-label={t("groups.in_comparison")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("groups.figures")}</th>
            {groups.map(({ group, runs: members }) => (
              <th key={group.id} scope="col">
                <button type="button" className="link" onClick={() => showGroup(group.id)}>
                  {`${groupTitle(group, t)} (${members.length})`}
                </button>
              </th>
            ))}
            {two !== null && (
              <>
                <th scope="col">{t("groups.difference")}</th>
                <th scope="col">{t("groups.p")}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{figureTitle(name, t)}</th>
              {groups.map(({ group, runs: members }) => (
                <td key={group.id} className="number">
                  {spread(members, name)}
                  {several.length > 0 && group !== first.group && <Chance p={chanceOf(name).get(group.id) ?? null} />}
                </td>
              ))}
              {two !== null && <Difference found={differenceOf(first, two, name)} />}
            </tr>
          ))}
        </tbody>
      </table>
      {several.length > 0 && <p className="muted">{t("groups.against_first", { name: groupTitle(first.group, t) })}</p>}
    </section>
  );
}

export function Difference({ found }: { found: ReturnType<typeof differenceOf> }) {
  const t = useText();
  if (found === null)
    return (
      <>
        <td />
        <td />
      </>
    );
  return (
    <>
      <td className="number">{formatFigure(found.difference)}</td>
      <td className="number" title={t(`groups.test.${found.test}`)}>
        {formatFigure(found.p, 2)}{" "}
        <span className={found.p < SURE ? "ok" : "muted"}>{found.p < SURE ? t("groups.real") : t("groups.chance")}</span>
      </td>
    </>
  );
}
