/**
 * The host contract: every method and event that an entry (window, browser, test) may use, with the schema of what goes
 * in and out. Types, client, dispatcher and run-time validation all come from this table. Times are milliseconds since
 * 1970, sizes are bytes. Its parts are in contract/, a file an area.
 */
import type { z } from "zod";
import { appEvents, appMethods } from "./contract/app.ts";
import { baselinesMethods } from "./contract/baselines.ts";
import {
  type columnProfileSchema,
  type datasetProfileSchema,
  type datasetSchema,
  datasetsEvents,
  datasetsMethods,
  type layoutSchema,
} from "./contract/datasets.ts";
import { disagreementsMethods } from "./contract/disagreements.ts";
import { ensemblesMethods } from "./contract/ensembles.ts";
import { examplesMethods } from "./contract/examples.ts";
import { exportsMethods } from "./contract/exports.ts";
import { type groupSchema, groupsEvents, groupsMethods } from "./contract/groups.ts";
import { importanceEvents, importanceMethods } from "./contract/importance.ts";
import { insideEvents, insideMethods } from "./contract/inside.ts";
import { libraryEvents, libraryMethods } from "./contract/library.ts";
import { type projectSchema, projectsEvents, projectsMethods } from "./contract/projects.ts";
import { runsEvents } from "./contract/run-events.ts";
import {
  type curveSchema,
  type evaluationSchema,
  type pointSchema,
  type RUN_STATUSES,
  type runSchema,
  runsMethods,
} from "./contract/runs.ts";
import { seriesMethods } from "./contract/series.ts";
import { slicesMethods } from "./contract/slices.ts";
import { tablesMethods } from "./contract/tables.ts";
import { type rangePointSchema, trainingEvents, trainingMethods } from "./contract/training.ts";
import { vectorsEvents, vectorsMethods } from "./contract/vectors.ts";
import { type versionSchema, versionsMethods } from "./contract/versions.ts";

export const methods = {
  ...appMethods,
  ...projectsMethods,
  ...datasetsMethods,
  ...tablesMethods,
  ...baselinesMethods,
  ...runsMethods,
  ...examplesMethods,
  ...insideMethods,
  ...importanceMethods,
  ...seriesMethods,
  ...slicesMethods,
  ...disagreementsMethods,
  ...ensemblesMethods,
  ...groupsMethods,
  ...trainingMethods,
  ...exportsMethods,
  ...vectorsMethods,
  ...versionsMethods,
  ...libraryMethods,
} as const;

export const events = {
  ...appEvents,
  ...projectsEvents,
  ...datasetsEvents,
  ...runsEvents,
  ...groupsEvents,
  ...trainingEvents,
  ...vectorsEvents,
  ...importanceEvents,
  ...insideEvents,
  ...libraryEvents,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type MethodInput<M extends MethodName> = z.infer<Methods[M]["input"]>;
export type MethodOutput<M extends MethodName> = z.infer<Methods[M]["output"]>;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.infer<Events[E]>;

export type Version = z.infer<typeof versionSchema>;
export type Project = z.infer<typeof projectSchema>;
export type Run = z.infer<typeof runSchema>;
export type RunStatus = (typeof RUN_STATUSES)[number];
export type RunGroup = z.infer<typeof groupSchema>;
export type Dataset = z.infer<typeof datasetSchema>;
export type DatasetProfile = z.infer<typeof datasetProfileSchema>;
export type ColumnProfile = z.infer<typeof columnProfileSchema>;
export type Curve = z.infer<typeof curveSchema>;
export type CurvePoint = z.infer<typeof pointSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;
export type RangePoint = z.infer<typeof rangePointSchema>;
export type DataLayout = z.infer<typeof layoutSchema>;
