/** Options of the runs of the list: read page by page once something asks for them, and kept, since a run's design never changes. */
import { useEffect } from "react";
import { create } from "zustand";
import type { ListedRun } from "../../../core/protocol/contract/runs.ts";
import { host } from "../../state/host.ts";
import { report } from "../../state/toasts.ts";
import { OPTIONS_PAGE } from "../list-pages.ts";
import { KnownOptions } from "./known-options.ts";

/** Every column is drawn again when more is known: not with each page. */
const SHOWN_EVERY_MS = 700;

const known = new KnownOptions();

export const useKnownOptions = create<Pick<KnownOptions, "options" | "names">>()(() => ({ options: new Map(), names: new Map() }));

let wanted: readonly ListedRun[] = [];
let isReading = false;

export function useRunOptions(runs: readonly ListedRun[], on: boolean): Pick<KnownOptions, "options" | "names"> {
  useEffect(() => {
    if (on) readRunOptions(runs).catch(report);
  }, [runs, on]);
  return useKnownOptions();
}

const show = (): void => useKnownOptions.setState({ options: new Map(known.options), names: new Map(known.names) });

/** Reads what is not known of these; who asks while others are read has these read next. */
export async function readRunOptions(runs: readonly ListedRun[]): Promise<void> {
  wanted = runs;
  if (isReading) return;
  const nextPage = (): readonly ListedRun[] => wanted.filter(({ id }) => !known.options.has(id)).slice(0, OPTIONS_PAGE);
  let page = nextPage();
  if (page.length === 0) return;
  isReading = true;
  try {
    let shown = Number.NEGATIVE_INFINITY;
    for (; page.length > 0; page = nextPage()) {
      known.put(page, await host().call("runs.options", { ids: page.map(({ id }) => id) }));
      if (performance.now() - shown < SHOWN_EVERY_MS) continue;
      show();
      shown = performance.now();
    }
  } finally {
    isReading = false;
    show();
  }
}
