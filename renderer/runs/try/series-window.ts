/** What the host says of a series that is tried: the window to start from, and what follows it. */
import type { MethodOutput } from "../../../core/protocol/methods.ts";

export type Window = MethodOutput<"runs.window">;
export type Forecast = MethodOutput<"runs.forecast">;
