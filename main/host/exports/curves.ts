/** Every point of a run's curves as one CSV: charts show the shape of a long curve, this has all of it. */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { csvCell } from "../../../core/export/csv-cell.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Curve } from "../../../core/protocol/methods.ts";
import type { Store } from "../../store/store.ts";
import type { HostFiles } from "../files.ts";

const HEAD = "curve,step,epoch,seconds,value\n";

export function curveHandlers({
  store,
  files,
}: {
  readonly store: Store;
  readonly files: HostFiles;
}): Pick<HostHandlers, "exports.curves"> {
  return {
    "exports.curves": async ({ run_id }) => {
      const fileName = `${store.runDesign(run_id).name} ${store.getRun(run_id).name} curves.csv`;
      const { path, token } = files.offer(fileName);
      return { download: token, file_name: fileName, points: await writeCurves(store, run_id, path) };
    },
  };
}

/** @returns points written */
async function writeCurves(store: Store, runId: string, path: string): Promise<number> {
  let points = 0;
  await pipeline(
    pagesOf(store, runId, (count) => {
      points += count;
    }),
    createWriteStream(path),
  );
  return points;
}

/** Page by page, so that a run of millions of points takes no more memory than a short one, and others get their turn. */
async function* pagesOf(store: Store, runId: string, told: (points: number) => void): AsyncGenerator<string> {
  yield HEAD;
  for (const { name } of store.listCurves(runId))
    for (let from: number | null = 0; from !== null; ) {
      const page: { readonly curve: Curve; readonly next: number | null } = store.readPoints(runId, name, from);
      told(page.curve.x.length);
      yield linesOf(page.curve);
      await setImmediate();
      from = page.next;
    }
}

function linesOf({ name, x, epoch, seconds, y }: Curve): string {
  const first = csvCell(name);
  return x.map((step, place) => `${first},${step},${epoch[place]},${seconds[place]},${y[place] ?? ""}\n`).join("");
}
