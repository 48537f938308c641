/** Members of a group as a table that follows them while they train: what each sets, how it does. Sorted by a click on a column. */

import { useRef, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { RunMark } from "../runs/RunMark.tsx";
import { statusWord } from "../runs/run-status.ts";
import { useRowsInSight } from "../runs/use-rows-in-sight.ts";
import { epochsText, figureTitle } from "../training/chart-words.ts";
import { errorText } from "../ui/error-text.ts";
import { formatFigure, formatSeconds } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { type GroupOption, valueText } from "./group-options.ts";

/** As run-table.css has it: a search may have thousands of runs, of which those in sight are drawn. */
const ROW_HEIGHT = 30;

interface GroupTableProps {
  runs: readonly Run[];
  options: readonly GroupOption[];
  figures: readonly string[];
  /** Of a sweep: the best so far by what it is judged by. */
  best: string | null;
  /** The order until a person asks for another; null: as they were begun. */
  order: Sorting | null;
  isIn: (run: Run) => boolean;
  active: string | null;
  onActivate: (id: string | null) => void;
  onOpen: (id: string) => void;
}

export interface Sorting {
  readonly key: string;
  readonly descending: boolean;
}

export function GroupTable({ runs, options, figures, best, order, isIn, active, onActivate, onOpen }: GroupTableProps) {
  const t = useText();
  const language = useLanguage();
  const [chosen, setChosen] = useState<Sorting | null>(null);
  const sorting = chosen ?? order;
  const shown = sorting === null ? runs : sorted(runs, sorting);
  const body = useRef<HTMLTableSectionElement>(null);
  const { first, end } = useRowsInSight(body, shown.length, ROW_HEIGHT);
  const head = (key: string, title: string) => (
    <th
      key={key}
      scope="col"
      className={figures.includes(key) ? "col-figure" : ""}
      aria-sort={sorting?.key === key ? (sorting.descending ? "descending" : "ascending") : "none"}
    >
      <button type="button" onClick={() => setChosen({ key, descending: sorting?.key === key ? !sorting.descending : false })}>
        <span className="clip">{title}</span>
        {sorting?.key === key && <Icon name="chevronDown" size={12} className={sorting.descending ? "" : "upward"} />}
      </button>
    </th>
  );
  return (
    <table className="run-table group-table" aria-label={t("groups.members")} aria-rowcount={shown.length + 1}>
      <thead>
        <tr>
          {head("name", t("groups.run"))}
          {head("status", t("groups.status"))}
          {options.map(({ key, name }) => head(key, name))}
          {figures.map((figure) => head(figure, figureTitle(figure, t)))}
          {head("epoch", t("runs.column.epochs"))}
          {head("seconds", t("runs.column.seconds"))}
        </tr>
      </thead>
      <tbody ref={body}>
        {first > 0 && <tr style={{ height: first * ROW_HEIGHT }} />}
        {shown.slice(first, end).map((run, place) => (
          <tr
            key={run.id}
            aria-rowindex={first + place + 2}
            className={`${run.id === active ? "active" : ""}${isIn(run) ? "" : " out"}`}
            onPointerEnter={() => onActivate(run.id)}
            onClick={() => onOpen(run.id)}
          >
            <th scope="row">
              <span className="run-name-cell">
                <RunMark runId={run.id} />
                <button type="button" className="link clip" onFocus={() => onActivate(run.id)} onClick={() => onOpen(run.id)}>
                  {run.name}
                </button>
                {run.id === best && <Icon name="check" size={12} />}
              </span>
            </th>
            <td>
              <span className={`run-status is-${run.status}`} title={run.error === null ? undefined : errorText(run.error, language)}>
                {statusWord(run, t)}
              </span>
            </td>
            {options.map((option) => {
              const value = run.group_options?.[option.key];
              const text = valueText(value, option);
              return (
                <td
                  key={option.key}
                  className="number"
                  title={typeof value === "string" && value !== text ? `${text} (${value})` : undefined}
                >
                  {text}
                </td>
              );
            })}
            {figures.map((figure) => (
              <td key={figure} className="col-figure number">
                {run.metrics[figure] === undefined ? "" : formatFigure(run.metrics[figure])}
              </td>
            ))}
            <td className="number">{epochsText(run, t)}</td>
            <td className="number">{formatSeconds(run.seconds)}</td>
          </tr>
        ))}
        {end < shown.length && <tr style={{ height: (shown.length - end) * ROW_HEIGHT }} />}
      </tbody>
    </table>
  );
}

function sorted(runs: readonly Run[], { key, descending }: Sorting): readonly Run[] {
  const cell = (run: Run): unknown =>
    key === "name"
      ? run.number
      : key === "status"
        ? run.status
        : key === "epoch"
          ? run.epoch
          : key === "seconds"
            ? run.seconds
            : (run.group_options?.[key] ?? run.metrics[key]);
  return [...runs].sort((a, b) => {
    const [one, two] = [cell(a), cell(b)];
    if (one == null || two == null) return Number(one == null) - Number(two == null);
    const order = typeof one === "number" && typeof two === "number" ? one - two : String(one).localeCompare(String(two));
    return descending ? -order : order;
  });
}
