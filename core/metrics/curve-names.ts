/**
 * Names of a run's curves. `loss`, `accuracy` and `val_…` have a point an epoch; what lies between the ends of epochs has names of its own, so
 * that whoever goes by epochs never meets it.
 */

/** Before the name of a figure: of the last training batches, or of validation rows in the middle of an epoch (`batch_val_loss`). */
export const BETWEEN = "batch_";

/** The loss of every step. */
export const STEP_LOSS = "batch_loss";

/** How the training itself goes: no figures of the network, at steps and at the ends of epochs. */
export const COURSE_CURVES = ["learning_rate", "gradient_norm", "samples_per_second"] as const;
export type CourseCurve = (typeof COURSE_CURVES)[number];

export const isCourseCurve = (name: string): name is CourseCurve => COURSE_CURVES.some((one) => one === name);

export const isBetweenEpochs = (name: string): boolean => name.startsWith(BETWEEN);
