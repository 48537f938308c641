/** How the run table is shown: differences only, runs as columns, which options are columns. Kept while the window lives. */
import { create } from "zustand";
import type { OptionColumn } from "./options/option-columns.ts";

interface TableLookState {
  readonly differencesOnly: boolean;
  readonly transposed: boolean;
  readonly options: readonly OptionColumn[];
}

export const useTableLook = create<TableLookState>()(() => ({ differencesOnly: false, transposed: false, options: [] }));
