/** Which options stand as columns of the run table: those in which the runs shown differ, found by a few letters, chosen one by one or all. */
import { useMemo, useState } from "react";
import type { ListedRun } from "../../../core/protocol/contract/runs.ts";
import type { DesignOption } from "../../../core/spec/design-options.ts";
import { Button } from "../../ui/Button.tsx";
import { formatCount } from "../../ui/format.ts";
import { Modal } from "../../ui/Modal.tsx";
import { Progress } from "../../ui/States.tsx";
import { useLanguage, useText } from "../../ui/texts.ts";
import { useTableLook } from "../table-look.ts";
import { differingOptions, filterNames, type OptionColumn, optionText, optionTitle } from "./option-columns.ts";
import { useRunOptions } from "./use-run-options.ts";
import "./columns.css";

/** More are found by their name. */
const DRAWN = 200;
const SHOWN_VALUES = 4;
const NO_VALUES: readonly DesignOption[] = [];

interface ColumnsProps {
  /** Those that the filter leaves. */
  readonly shown: readonly ListedRun[];
}

export function ColumnsButton({ shown }: ColumnsProps) {
  const t = useText();
  const chosen = useTableLook((state) => state.options);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small aria-haspopup="dialog" title={t("runs.columns_help")} onClick={() => setOpen(true)}>
        {chosen.length === 0 ? t("runs.columns") : t("runs.columns_chosen", { count: formatCount(chosen.length) })}
      </Button>
      {open && <ColumnsDialog shown={shown} onClose={() => setOpen(false)} />}
    </>
  );
}

function ColumnsDialog({ shown, onClose }: ColumnsProps & { onClose: () => void }) {
  const t = useText();
  const language = useLanguage();
  const chosen = useTableLook((state) => state.options);
  const { options } = useRunOptions(shown, true);
  const [search, setSearch] = useState("");
  const read = useMemo(() => shown.filter(({ id }) => options.has(id)).length, [shown, options]);
  const listed = useMemo(() => {
    const differing = differingOptions(shown, options);
    const known = new Set(differing.map(({ column }) => column.name));
    // What is chosen stays in sight where these runs no longer differ in it.
    const alike = chosen.filter(({ name }) => !known.has(name)).map((column) => ({ column, values: NO_VALUES }));
    const words = { t, language };
    return [...differing, ...alike].map(({ column, values }) => ({
      column,
      title: optionTitle(column.option, words),
      names: filterNames(column.option, words),
      values: [...new Set(values.map((value) => optionText(value, words)))],
    }));
  }, [shown, options, chosen, t, language]);
  const wanted = search.trim().toLowerCase();
  const found = listed.filter(({ title, names }) => [title.toLowerCase(), ...names].some((text) => text.includes(wanted)));
  const isChosen = (column: OptionColumn): boolean => chosen.some(({ name }) => name === column.name);
  const choose = (columns: readonly OptionColumn[], on: boolean): void => {
    const names = new Set(columns.map(({ name }) => name));
    const others = chosen.filter(({ name }) => !names.has(name));
    useTableLook.setState({ options: on ? [...chosen, ...columns.filter((column) => !isChosen(column))] : others });
  };
  const drawn = found.slice(0, DRAWN);
  return (
    <Modal
      wide
      title={t("runs.columns_title")}
      onClose={onClose}
      footer={
        <>
          <Button aria-disabled={chosen.length === 0} onClick={() => choose(chosen, false)}>
            {t("runs.columns_none")}
          </Button>
          <Button
            aria-disabled={drawn.every(({ column }) => isChosen(column))}
            onClick={() =>
              choose(
                drawn.map(({ column }) => column),
                true,
              )
            }
          >
            {t("runs.columns_all")}
          </Button>
          <Button look="primary" onClick={onClose}>
            {t("common.close")}
          </Button>
        </>
      }
    >
      <p className="muted">{t("runs.columns_about")}</p>
      <input
        className="input columns-search"
        type="search"
        placeholder={t("runs.columns_search")}
        aria-label={t("runs.columns_search")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {read < shown.length && (
        <p className="row" role="status">
          <Progress value={read / shown.length} label={t("runs.columns_reading")} width={120} />
          {t("runs.columns_read", { read: formatCount(read), count: formatCount(shown.length) })}
        </p>
      )}
      {found.length === 0 && read === shown.length && (
        <p className="muted">{t(listed.length === 0 ? "runs.columns_alike" : "runs.columns_not_found")}</p>
      )}
      <ul className="option-columns" aria-label={t("runs.columns_title")}>
        {drawn.map(({ column, title, names, values }) => (
          <li key={column.name}>
            <label>
              <input type="checkbox" checked={isChosen(column)} onChange={() => choose([column], !isChosen(column))} />
              <span className="clip" title={title}>
                {title}
              </span>
            </label>
            <code className="faint clip" title={t("runs.columns_filter", { name: names[0] ?? "" })}>
              {names[0]}
            </code>
            <span className="muted clip number" title={values.join(", ")}>
              {values.slice(0, SHOWN_VALUES).join(", ")}
              {values.length > SHOWN_VALUES && ` … (${formatCount(values.length)})`}
            </span>
          </li>
        ))}
      </ul>
      {found.length > drawn.length && (
        <p className="muted">{t("runs.columns_more", { count: formatCount(found.length - drawn.length) })}</p>
      )}
    </Modal>
  );
}
