/** Options as the run table takes them: the columns that were chosen and any run has, their values, and conditions of the filter on them. */
import { useMemo } from "react";
import type { ListedRun } from "../../../core/protocol/contract/runs.ts";
import { useLanguage, useText } from "../../ui/texts.ts";
import { asksForOption } from "../filter-conditions.ts";
import { filterWords } from "../run-columns.ts";
import { useTableLook } from "../table-look.ts";
import type { OptionsOfRuns } from "./known-options.ts";
import { type FilteredOptions, filteredOptions, type OptionColumn, optionValue } from "./option-columns.ts";
import { useRunOptions } from "./use-run-options.ts";

interface TableOptions {
  readonly options: OptionsOfRuns;
  readonly columns: readonly OptionColumn[];
  /** Undefined where the filter asks for no option. */
  readonly filtered: FilteredOptions | undefined;
  readonly optionOf: (run: ListedRun, column: OptionColumn) => number | string | null;
}

/** @param figures names of all figures of the runs, with blanks between them */
export function useTableOptions(runs: readonly ListedRun[], filter: string, figures: string): TableOptions {
  const t = useText();
  const language = useLanguage();
  const chosen = useTableLook((state) => state.options);
  const asked = useMemo(() => {
    const known = new Set(figures.toLowerCase().split(" "));
    return filterWords(filter).some((word) => asksForOption(word, known));
  }, [filter, figures]);
  const { options, names } = useRunOptions(runs, asked || chosen.length > 0);
  const columns = useMemo(
    () => chosen.filter(({ name }) => runs.some(({ id }) => options.get(id)?.get(name) !== undefined)),
    [chosen, runs, options],
  );
  const filtered = useMemo(
    () => (asked ? filteredOptions(names.values(), options, { t, language }) : undefined),
    [asked, names, options, t, language],
  );
  const optionOf = useMemo(
    () => (run: ListedRun, column: OptionColumn) => optionValue(options.get(run.id)?.get(column.name), { t, language }),
    [options, t, language],
  );
  return { options, columns, filtered, optionOf };
}
