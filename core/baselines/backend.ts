/** What a run says it was computed with where it is a baseline: it has no network, no weights and no curves. */
export const BASELINE_BACKEND = "baseline";

export const isBaseline = ({ backend }: { readonly backend: string | null }): boolean => backend === BASELINE_BACKEND;

/** Whether it can be asked about rows: it is fitted again for that, to the same rows with the same seed. */
export const isFittedBaseline = (run: { readonly backend: string | null; readonly status: string }): boolean =>
  isBaseline(run) && run.status === "done";
