/**
 * The comparison as a grid: rows are figures and options and columns runs, or the other way round. A click on a figure or option
 * sorts the runs by it. Behind the runs stand their groups, with mean and deviation.
 */
import type { ReactNode } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { RunMark } from "../runs/RunMark.tsx";
import { useGroups } from "../state/groups.ts";
import { showGroup } from "../state/view.ts";
import { groupTitle } from "../sweeps/group-title.ts";
import { IconButton } from "../ui/Button.tsx";
import { formatFigure } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { groupValue, nextOrder, type RunOrder } from "./compare-order.ts";
import type { CompareRow } from "./compare-runs.ts";
import { rowTitle, valueHint, valueText, type Words } from "./compare-words.ts";
import { removeFromComparison, useCompareSettings } from "./compared.ts";

export interface GridProps {
  rows: readonly CompareRow[];
  runs: readonly Run[];
  /** Places of the runs in the order they are shown. */
  places: readonly number[];
  order: RunOrder | null;
  words: Words;
  /** Whether all rows that differ carry a mark; where only those are shown, just the options do. */
  marked: boolean;
  /** Whether runs can be taken out here. */
  removable: boolean;
}

interface GroupColumn {
  readonly id: string;
  readonly title: string;
  readonly members: readonly number[];
}

/** Groups of which two or more members are compared. */
function useGroupColumns(runs: readonly Run[], { t }: Words): readonly GroupColumn[] {
  const groups = useGroups((state) => state.groups);
  return groups.flatMap((group) => {
    const members = runs.flatMap((run, place) => (run.group_id === group.id ? [place] : []));
    return members.length < 2 ? [] : [{ id: group.id, title: `${groupTitle(group, t)} (${members.length})`, members }];
  });
}

export function CompareGrid(props: GridProps) {
  const { rows, runs, places, words, order, marked } = props;
  const { t } = words;
  const groups = useGroupColumns(runs, words);
  const columns = places.length + groups.length + 1;
  return (
    <table className="compare-table">
      <thead>
        <tr>
          <th scope="col">{t("compare.row")}</th>
          {places.map((place) => (
            <RunHead key={runs[place]?.id} {...props} run={runs[place]} scope="col" />
          ))}
          {groups.map((group) => (
            <GroupHead key={group.id} group={group} scope="col" words={words} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <RowGroup key={row.key} title={rows[index - 1]?.group === row.group ? null : t(`compare.group.${row.group}`)} columns={columns}>
            <tr className={isMarked(row, marked) ? "differs" : ""}>
              <PropertyHead row={row} order={order} words={words} marked={marked} scope="row" />
              {places.map((place) => (
                <Value
                  key={runs[place]?.id}
                  row={row}
                  value={row.values[place]}
                  best={row.best.includes(place) && !looksAlike(row, words)}
                  words={words}
                />
              ))}
              {groups.map((group) => (
                <GroupCell key={group.id} row={row} group={group} words={words} />
              ))}
            </tr>
          </RowGroup>
        ))}
      </tbody>
    </table>
  );
}

/** A run a row, and a figure or option a column. */
export function TurnedGrid(props: GridProps) {
  const { rows, runs, places, words, order, marked } = props;
  const { t } = words;
  const groups = useGroupColumns(runs, words);
  return (
    <table className="compare-table turned">
      <thead>
        <tr>
          <th scope="col">{t("compare.run")}</th>
          {rows.map((row) => (
            <PropertyHead key={row.key} row={row} order={order} words={words} marked={marked} scope="col" />
          ))}
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <tr key={runs[place]?.id}>
            <RunHead {...props} run={runs[place]} scope="row" />
            {rows.map((row) => (
              <Value
                key={row.key}
                row={row}
                value={row.values[place]}
                best={row.best.includes(place) && !looksAlike(row, words)}
                words={words}
              />
            ))}
          </tr>
        ))}
        {groups.map((group) => (
          <tr key={group.id} className="compare-spread">
            <GroupHead group={group} scope="row" words={words} />
            {rows.map((row) => (
              <GroupCell key={row.key} row={row} group={group} words={words} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Among differences only, what people set stands out from what came of it. */
const isMarked = ({ differs, group }: CompareRow, marked: boolean): boolean =>
  differs && (marked || (group !== "figures" && group !== "run"));

/** Figures that differ behind the digits that are shown: no star is to stand beside one of two numbers that read the same. */
function looksAlike(row: CompareRow, words: Words): boolean {
  return new Set(row.values.map((value) => valueText(row, value, words))).size === 1;
}

function RunHead({
  run,
  scope,
  words,
  removable,
}: Pick<GridProps, "words" | "removable"> & { run: Run | undefined; scope: "col" | "row" }) {
  const { t } = words;
  if (run === undefined) return null;
  return (
    <th scope={scope}>
      <span className="compare-run">
        <RunMark runId={run.id} />
        <span className="clip" title={run.name}>
          {run.name}
        </span>
        {removable && (
          <IconButton small icon="close" label={t("compare.remove", { name: run.name })} onClick={() => removeFromComparison(run.id)} />
        )}
      </span>
    </th>
  );
}

function GroupHead({ group, scope, words }: { group: GroupColumn; scope: "col" | "row"; words: Words }) {
  return (
    <th scope={scope} className="compare-spread">
      <button type="button" className="link" title={words.t("compare.group_hint")} onClick={() => showGroup(group.id)}>
        {group.title}
      </button>
    </th>
  );
}

interface PropertyHeadProps extends Pick<GridProps, "order" | "words" | "marked"> {
  row: CompareRow;
  scope: "col" | "row";
}

function PropertyHead({ row, order, words, marked, scope }: PropertyHeadProps) {
  const { t } = words;
  const title = rowTitle(row, words);
  const sorted = order?.key === row.key;
  const direction = sorted ? (order.descending ? "descending" : "ascending") : "none";
  return (
    <th scope={scope} {...(scope === "col" ? { "aria-sort": direction } : {})}>
      {isMarked(row, marked) && (
        <span className="differs-mark" title={t("compare.differs")}>
          ≠<span className="visually-hidden"> {t("compare.differs")} </span>
        </span>
      )}
      <button
        type="button"
        className="compare-sort"
        title={`${row.owners === undefined ? "" : `${row.owners.join(", ")}\n`}${t("compare.sort", { row: title })}`}
        aria-pressed={sorted}
        onClick={() => useCompareSettings.setState({ order: nextOrder(order, row.key) })}
      >
        {title}
        {sorted && <Icon name="chevronDown" size={12} className={order.descending ? "" : "upward"} />}
      </button>
    </th>
  );
}

function RowGroup({ title, columns, children }: { title: string | null; columns: number; children: ReactNode }) {
  if (title === null) return children;
  return (
    <>
      <tr className="compare-group">
        <th scope="rowgroup" colSpan={columns}>
          {title}
        </th>
      </tr>
      {children}
    </>
  );
}

function GroupCell({ row, group, words }: { row: CompareRow; group: GroupColumn; words: Words }) {
  return <td className="compare-spread number">{groupText(row, group.members, words)}</td>;
}

/** "0.31 ± 0.02" of a figure; of an option the value that all members have, or nothing. */
export function groupText(row: CompareRow, members: readonly number[], words: Words): string {
  const found = groupValue(row, members);
  if (found === null) return "";
  if (found.kind === "same") return valueText(row, found.value, words);
  const { mean, deviation } = found.summary;
  if (deviation === null) return formatFigure(mean);
  return words.t("groups.spread", { mean: formatFigure(mean), deviation: formatFigure(deviation, 2) });
}

function Value({ row, value, best, words }: { row: CompareRow; value: unknown; best: boolean; words: Words }) {
  const { t } = words;
  const text = valueText(row, value, words);
  const absent = value === undefined;
  return (
    <td
      className={`${best ? "best" : ""} ${typeof value === "number" ? "number" : ""} ${absent ? "absent" : ""}`}
      title={absent ? t("compare.absent") : valueHint(row, value, words)}
    >
      {best && (
        <span className="best-mark" title={t("compare.best")}>
          <Icon name="check" size={12} />
          <span className="visually-hidden">{t("compare.best")} </span>
        </span>
      )}
      {absent ? (
        <>
          <span aria-hidden="true">–</span>
          <span className="visually-hidden">{t("compare.absent")}</span>
        </>
      ) : (
        text
      )}
    </td>
  );
}
