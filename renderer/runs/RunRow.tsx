/** One run in the list. Draws again only when its own row, or whether it is chosen or active, changes. */
import { type MouseEvent, memo } from "react";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { DesignOption } from "../../core/spec/design-options.ts";
import { toggleCompared } from "../compare/compared.ts";
import { epochsText } from "../training/chart-words.ts";
import { errorText } from "../ui/error-text.ts";
import { formatCount, formatFigure, formatMoment, formatSeconds } from "../ui/format.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import type { OptionsOfRuns } from "./options/known-options.ts";
import { optionText } from "./options/option-columns.ts";
import { RunMark } from "./RunMark.tsx";
import { renameRun } from "./run-acts.ts";
import { type Column, isArchived } from "./run-columns.ts";
import { statusWord } from "./run-status.ts";

interface RunRowProps {
  run: ListedRun;
  /** Under the row of its group. */
  inGroup: boolean;
  rowIndex: number;
  columns: readonly Column[];
  options: OptionsOfRuns;
  project: string;
  chosen: boolean;
  active: boolean;
  renaming: boolean;
  onRename: (id: string | null) => void;
  onClick: (run: ListedRun, event: MouseEvent) => void;
}

export const RunRow = memo(function RunRow({
  run,
  inGroup,
  rowIndex,
  columns,
  options,
  project,
  chosen,
  active,
  renaming,
  onRename,
  onClick,
}: RunRowProps) {
  const t = useText();
  return (
    <tr
      className={`${active ? "active" : ""}${inGroup ? " in-group" : ""}${isArchived(run) ? " archived" : ""}`}
      aria-rowindex={rowIndex}
      aria-current={active ? "true" : undefined}
      onClick={(event) => onClick(run, event)}
    >
      <td className="col-choose">
        <input
          type="checkbox"
          aria-label={t("runs.choose", { name: run.name })}
          checked={chosen}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggleCompared(run.id)}
        />
      </td>
      {columns.map((column) =>
        column.kind === "plain" && column.name === "name" ? (
          <th key="name" scope="row" className="col-name" title={run.name} onDoubleClick={() => onRename(run.id)}>
            <span className="run-name-cell">
              <RunMark runId={run.id} />
              {renaming ? (
                <NameInput name={run.name} onName={(to) => renameRun(run, to)} onDone={() => onRename(null)} />
              ) : (
                <span className="clip">{run.name}</span>
              )}
            </span>
          </th>
        ) : (
          <RunCell key={`${column.kind} ${column.name}`} run={run} column={column} options={options} project={project} />
        ),
      )}
    </tr>
  );
});

/** Renaming in place: Enter and leaving it keep what was typed, Escape does not. */
export function NameInput({ name, onName, onDone }: { name: string; onName: (name: string) => void; onDone: () => void }) {
  const t = useText();
  return (
    <input
      className="input"
      aria-label={t("runs.name")}
      maxLength={200}
      defaultValue={name}
      ref={(element) => element?.focus()}
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => {
        onName(event.currentTarget.value);
        onDone();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (typedKey(event) === "Enter") event.currentTarget.blur();
        if (typedKey(event) === "Escape") {
          event.currentTarget.value = name;
          event.currentTarget.blur();
        }
      }}
    />
  );
}

interface RunCellProps {
  readonly run: ListedRun;
  readonly column: Column;
  readonly options: OptionsOfRuns;
  readonly project: string;
}

export function RunCell({ run, column, options, project }: RunCellProps) {
  const t = useText();
  const language = useLanguage();
  if (column.kind === "figure") {
    const value = run.metrics[column.name];
    return <td className="col-figure number">{value === undefined ? "" : formatFigure(value)}</td>;
  }
  if (column.kind === "option") return <OptionCell option={options.get(run.id)?.get(column.name)} />;
  const { name } = column;
  switch (name) {
    case "status":
      return (
        <td className="col-status">
          <span className={`run-status is-${run.status}`} title={run.error === null ? undefined : errorText(run.error, language)}>
            {statusWord(run, t)}
          </span>
          {isArchived(run) && <span className="tag">{t("runs.is_archived")}</span>}
        </td>
      );
    case "epochs":
      return <td className="col-epochs number">{epochsText(run, t)}</td>;
    case "parameters":
      return <td className="col-parameters number">{run.parameters === null ? "" : formatCount(run.parameters)}</td>;
    case "seconds":
      return <td className="col-seconds number">{formatSeconds(run.seconds)}</td>;
    case "created":
      return <td className="col-created number">{formatMoment(run.created_at, language)}</td>;
    case "tags":
      return (
        <td className="col-tags">
          {run.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </td>
      );
    case "project":
    case "dataset":
    case "name": {
      const text = name === "project" ? project : name === "dataset" ? run.dataset_name : run.name;
      return (
        <td className={`col-${name}`} title={text}>
          {text}
        </td>
      );
    }
    default:
      return name satisfies never;
  }
}

export function OptionCell({ option }: { option: DesignOption | undefined }) {
  const t = useText();
  const language = useLanguage();
  const isNumber = typeof option?.value === "number";
  const text = optionText(option, { t, language });
  return (
    <td className={isNumber ? "col-option number" : "col-option"} title={isNumber ? undefined : text}>
      {text}
    </td>
  );
}
