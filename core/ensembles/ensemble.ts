/** What an ensemble is: runs and the rule that makes one answer of theirs. It has no network of its own; its row in the run table keeps this. */
import { z } from "zod";

export const ENSEMBLE_RULES = ["average", "vote", "stacking"] as const;
export type EnsembleRule = (typeof ENSEMBLE_RULES)[number];

export const ensembleSchema = z.object({ rule: z.enum(ENSEMBLE_RULES), members: z.array(z.string()).min(2) });
export type Ensemble = z.infer<typeof ensembleSchema>;

/** What a run says of itself where it is an ensemble. */
export const ENSEMBLE_BACKEND = "ensemble";

export const isEnsemble = ({ backend }: { readonly backend: string | null }): boolean => backend === ENSEMBLE_BACKEND;
