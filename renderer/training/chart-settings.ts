/** How charts are drawn: chosen once, for all charts, and remembered. The cursor that all charts share is here too. */
import { create } from "zustand";
import { host } from "../state/host.ts";
import { remember } from "../state/session.ts";
import type { Domain } from "./axes.ts";
import { MOST_SMOOTHING } from "./smoothing.ts";

/** `time` is the time spent training, `clock` the time of the day. */
export const X_AXES = ["step", "epoch", "time", "clock"] as const;
export type XAxisKind = (typeof X_AXES)[number];

export interface ChartSettings {
  readonly xAxis: XAxisKind;
  /** 0 to 0.999. */
  readonly smoothing: number;
  readonly log: boolean;
  readonly ignoreOutliers: boolean;
  /** Whether learning rate, gradient and speed have charts too. */
  readonly course: boolean;
  /** Whether a table says the value of every curve under the cursor. */
  readonly values: boolean;
}

const SETTING = "charts";

export const useChartSettings = create<ChartSettings>()(() => ({
  xAxis: "step",
  smoothing: 0,
  log: false,
  ignoreOutliers: false,
  course: false,
  values: false,
}));

export function setChart(patch: Partial<ChartSettings>): void {
  if (patch.xAxis !== undefined && patch.xAxis !== useChartSettings.getState().xAxis) setZoom(null);
  useChartSettings.setState(patch);
  remember(SETTING, useChartSettings.getState());
}

let loaded = false;

/** Reads what was chosen last time; called when charts are first drawn. */
export async function loadChartSettings(): Promise<void> {
  if (loaded) return;
  loaded = true;
  const saved: unknown = (await host().call("app.settings", {}))[SETTING];
  if (saved === null || typeof saved !== "object") return;
  const { xAxis, smoothing, log, ignoreOutliers, course, values } = saved as Partial<Record<keyof ChartSettings, unknown>>;
  useChartSettings.setState({
    ...(X_AXES.some((kind) => kind === xAxis) ? { xAxis: xAxis as XAxisKind } : {}),
    ...(typeof smoothing === "number" && smoothing >= 0 && smoothing <= MOST_SMOOTHING ? { smoothing } : {}),
    ...(typeof log === "boolean" ? { log } : {}),
    ...(typeof ignoreOutliers === "boolean" ? { ignoreOutliers } : {}),
    ...(typeof course === "boolean" ? { course } : {}),
    ...(typeof values === "boolean" ? { values } : {}),
  });
}

/** Where the pointer is, in units of the x axis; the same in every chart. Null: over none. */
export const useCursor = create<{ readonly x: number | null }>()(() => ({ x: null }));

export function moveCursor(x: number | null): void {
  if (useCursor.getState().x !== x) useCursor.setState({ x });
}

/** The stretch of the x axis that is shown, the same in every chart; null: the whole of it. Of another kind of axis it says nothing. */
export const useZoom = create<{ readonly range: Domain | null }>()(() => ({ range: null }));

export function setZoom(range: Domain | null): void {
  useZoom.setState({ range: range !== null && range[1] > range[0] ? range : null });
}
