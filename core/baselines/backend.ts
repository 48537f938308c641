/** What a run says it was computed with where it is a baseline: it has no network, no weights and no curves. */
export const BASELINE_BACKEND = "baseline";

export const isBaseline = ({ backend }: { readonly backend: string | null }): boolean => backend === BASELINE_BACKEND;
