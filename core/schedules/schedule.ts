/**
 * What a learning-rate schedule is: its options and words here, its arithmetic in implementation.ts beside each definition.
 * The optimizer's learning rate is the base that all of them start from.
 */
import type { AnyConfig, Schema } from "../schema/fields.ts";

export interface ScheduleTexts {
  readonly label: string;
  readonly summary: string;
  readonly fields: Readonly<Record<string, { readonly label: string; readonly help: string }>>;
}

export interface ScheduleDefinition {
  readonly name: string;
  readonly schema: Schema;
  /** The option that says for how many steps the rate rises. */
  readonly warmUpField?: string;
  readonly texts: Readonly<Record<"en" | "zh", ScheduleTexts>>;
  readonly keras: string;
}

/** Where a step stands. One object for a whole run, changed in place: a step allocates nothing. */
export interface ScheduleMoment {
  /** The optimizer's learning rate. */
  readonly base: number;
  /** Number of the step over the whole run, from 0. */
  readonly step: number;
  /** Steps of the whole run. */
  readonly totalSteps: number;
}

/** What a schedule that watches the loss remembers; kept in checkpoints. */
export interface ScheduleState {
  /** The learning rate it has come down to; null before the first time. */
  rate: number | null;
  best: number | null;
  waited: number;
  cooldown: number;
}

export const freshSchedule = (): ScheduleState => ({ rate: null, best: null, waited: 0, cooldown: 0 });

export interface ScheduleImplementation {
  readonly rate: (config: AnyConfig, moment: ScheduleMoment, state: ScheduleState) => number;
  /** Called at the end of every epoch with the figure that `monitor` names. */
  readonly observe?: (config: AnyConfig, base: number, state: ScheduleState, value: number) => void;
}

/** A number of steps that the person may leave open: then it lasts to the end of the run. */
export const stepsOr = (value: unknown, totalSteps: number): number => (value === null ? totalSteps : (value as number));
