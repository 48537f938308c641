/** A group in the run list: its figures are the means of its members, with how far they vary. */
import { memo } from "react";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { RunGroup } from "../../core/protocol/methods.ts";
import { valuesOf } from "../../core/sweeps/group-figures.ts";
import { summaryOf } from "../../core/sweeps/statistics.ts";
import { renameGroup } from "../state/groups.ts";
import { groupTitle } from "../sweeps/group-title.ts";
import { IconButton } from "../ui/Button.tsx";
import { formatCount, formatFigure, formatMoment, formatSeconds } from "../ui/format.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import type { OptionsOfRuns } from "./options/known-options.ts";
import { NameInput, OptionCell } from "./RunRow.tsx";
import type { Column } from "./run-columns.ts";

interface GroupRowProps {
  group: RunGroup;
  runs: readonly ListedRun[];
  open: boolean;
  active: boolean;
  rowIndex: number;
  columns: readonly Column[];
  options: OptionsOfRuns;
  chosen: boolean;
  renaming: boolean;
  onRename: (id: string | null) => void;
  onChoose: (ids: readonly string[], on: boolean) => void;
  onToggle: (id: string) => void;
  onOpen: (id: string) => void;
}

export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { group, runs, open, active, rowIndex, columns, options, chosen, renaming, onRename, onChoose, onToggle, onOpen } = props;
  const t = useText();
  const name = groupTitle(group, t);
  return (
    <tr
      className={`group-row${active ? " active" : ""}`}
      aria-rowindex={rowIndex}
      aria-current={active ? "true" : undefined}
      onClick={() => onOpen(group.id)}
    >
      <td className="col-choose">
        <input
          type="checkbox"
          aria-label={t("runs.choose", { name })}
          checked={chosen}
          onClick={(event) => event.stopPropagation()}
          onChange={() =>
            onChoose(
              runs.map(({ id }) => id),
              !chosen,
            )
          }
        />
      </td>
      {columns.map((column) =>
        column.kind === "plain" && column.name === "name" ? (
          <th key="name" scope="row" className="col-name" title={name} onDoubleClick={() => onRename(group.id)}>
            <span className="run-name-cell">
              <IconButton
                small
                icon={open ? "chevronDown" : "chevronRight"}
                label={t(open ? "groups.fold" : "groups.expand", { name })}
                aria-expanded={open}
                tabIndex={-1}
                onClick={(event) => {
                  event.stopPropagation();
                  onToggle(group.id);
                }}
              />
              {renaming ? (
                <NameInput name={name} onName={(to) => to !== name && renameGroup(group, to)} onDone={() => onRename(null)} />
              ) : (
                <span className="clip">{name}</span>
              )}
            </span>
          </th>
        ) : (
          <GroupCell key={`${column.kind} ${column.name}`} group={group} runs={runs} column={column} options={options} />
        ),
      )}
    </tr>
  );
});

interface GroupCellProps {
  readonly group: RunGroup;
  readonly runs: readonly ListedRun[];
  readonly column: Column;
  readonly options: OptionsOfRuns;
}

export function GroupCell({ group, runs, column, options }: GroupCellProps) {
  const t = useText();
  const language = useLanguage();
  if (column.kind === "figure") {
    const found = summaryOf(valuesOf(runs, column.name));
    if (found === null) return <td className="col-figure" />;
    const mean = formatFigure(found.mean);
    return (
      <td className="col-figure number">
        {found.deviation === null ? mean : t("groups.spread", { mean, deviation: formatFigure(found.deviation, 2) })}
      </td>
    );
  }
  if (column.kind === "option") {
    // What all members share; equal options are the same object.
    const [shared, ...others] = new Set(runs.map(({ id }) => options.get(id)?.get(column.name)));
    return <OptionCell option={others.length === 0 ? shared : undefined} />;
  }
  switch (column.name) {
    case "status":
      return (
        <td className="col-status">
          <span className={`run-status is-${group.status === "going" ? "running" : group.status}`}>
            {t(`groups.status.${group.status}`)}
          </span>
        </td>
      );
    case "epochs":
      return <td className="col-epochs number">{`× ${formatCount(runs.length)}`}</td>;
    case "parameters":
      return <td className="col-parameters" />;
    case "seconds":
      return <td className="col-seconds number">{formatSeconds(runs.reduce((sum, run) => sum + run.seconds, 0))}</td>;
    case "created":
      return <td className="col-created number">{formatMoment(group.created_at, language)}</td>;
    case "dataset":
      return <td className="col-dataset">{runs[0]?.dataset_name ?? ""}</td>;
    case "tags":
      return (
        <td className="col-tags">
          <span className="tag">{t(`groups.kind.${group.kind}`)}</span>
        </td>
      );
    default:
      return <td className={`col-${column.name}`} />;
  }
}
