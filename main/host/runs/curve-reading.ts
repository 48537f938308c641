/** Curves of a run for a chart: their shape as a whole, and any stretch of them from nearby. Read in pages between which others get their turn. */
import { setImmediate } from "node:timers/promises";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { StretchReader } from "../../store/curve-store.ts";
import type { Store } from "../../store/store.ts";
import { epochLossesOf } from "./epoch-losses.ts";

type KeptCurve = MethodOutput<"runs.stretch">["curves"][number];

export function curveReadingHandlers(
  store: Store,
): Pick<HostHandlers, "runs.curves" | "runs.losses" | "runs.stretch" | "runs.cancel_stretch"> {
  const reading = new Map<string, AbortController>();
  return {
    "runs.curves": async ({ id, max_points }) => {
      const curves: KeptCurve[] = [];
      for (const { name } of store.listCurves(id)) curves.push(await readAll(store.openStretch(id, name, null, max_points)));
      return { curves };
    },
    "runs.losses": async ({ id }) => ({ epochs: await epochLossesOf(store, id) }),
    "runs.stretch": async ({ task_id, id, curves: names, axis, from, to, max_points }) => {
      const cancelling = new AbortController();
      reading.set(task_id, cancelling);
      try {
        const curves: KeptCurve[] = [];
        for (const name of names) {
          const curve = await readAll(store.openStretch(id, name, { axis, from, to }, max_points), cancelling.signal);
          if (cancelling.signal.aborted) return { curves: [] };
          if (curve.points > 0) curves.push(curve);
        }
        return { curves };
      } finally {
        reading.delete(task_id);
      }
    },
    "runs.cancel_stretch": async ({ task_id }) => {
      reading.get(task_id)?.abort();
      return {};
    },
  };
}

async function readAll(reader: StretchReader, signal?: AbortSignal): Promise<KeptCurve> {
  while (reader.readOn() && signal?.aborted !== true) await setImmediate();
  return { ...reader.finish(), points: reader.points };
}
