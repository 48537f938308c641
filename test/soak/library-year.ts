/** A year of daily use with the limits that the app has from the start: the library stays under the size that the settings show. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostEvents } from "../../main/host/events.ts";
import { HostFiles } from "../../main/host/files.ts";
import { libraryHandlers } from "../../main/host/library.ts";
import { openConnection } from "../../main/store/sqlite/open.ts";
import { sqliteStore } from "../../main/store/sqlite/sqlite-store.ts";
import { newProject } from "../../main/store/testing/opened-store.ts";
import { DAY_MS, KEPT_MS, liveThrough, modelBytes, weights } from "../host/library-year.ts";
import { allHold, atMost, type Figure, type Soak, type SoakOptions, told } from "./soak.ts";

const DAYS = 365;
const RUNS_A_DAY = 4;
/** Of a network of some 90,000 parameters with Adam's averages. */
const CHECKPOINT_BYTES = 2 ** 20;
const MEGABYTE = 2 ** 20;

export const libraryYear: Soak = {
  name: "library-year",
  title: "A year of daily use",
  about: `On each of ${DAYS} days the library is opened and ${RUNS_A_DAY} runs are trained into it: curves, a checkpoint after each epoch and of the best one (1 MB each), the weights of each epoch, a model; every fifth run is deleted. The limits are those that the app has from the start. At the end it is compacted, as a click in Settings does, and looked through.`,
  run,
};

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  const days = Math.max(10, Math.round(DAYS * share));
  const home = mkdtempSync(join(tmpdir(), "neuroloom-year-"));
  mkdirSync(join(home, "datasets"));
  let time = Date.UTC(2026, 0, 1);
  let ids = 0;
  const connection = await openConnection({ path: join(home, "library.sqlite") });
  try {
    // What reaches the disk when is not what is asked here.
    connection.database.pragma("synchronous = OFF");
    const store = sqliteStore(connection, { now: () => time, newId: () => `id-${++ids}` });
    const files = new HostFiles(home, () => `token-${++ids}`);
    const events = new HostEvents((error) => {
      throw error;
    });
    const closing = new AbortController().signal;
    const purge = (): void => void store.purgeDeleted(time - KEPT_MS);
    const library = libraryHandlers({ store, home, keepDeletedMs: KEPT_MS, now: () => time, purge, files, events, closing });
    const bytes = weights(1, CHECKPOINT_BYTES);
    let day = 0;
    const lived = await liveThrough({
      store,
      projectId: newProject(store).id,
      days,
      runsADay: RUNS_A_DAY,
      bytesOf: (number) => {
        // Each run's own: nothing may be shared between two.
        new DataView(bytes.buffer).setUint32(0, number);
        return bytes;
      },
      nextDay: () => {
        day += 1;
        if (day % 50 === 0) say(`day ${day} of ${days}`);
        time += DAY_MS;
        return time;
      },
    });
    const before = store.librarySpace().fileBytes;
    const space = await library["library.compact"]({ task_id: "compact" });
    const models: string[] = [];
    for (const id of lived.kept) if ((await store.loadModel(id))?.length !== modelBytes(CHECKPOINT_BYTES)) models.push(id);
    const curves = lived.kept.filter((id) => store.readCurves(id, 1000).some(({ x }) => x.length !== 90));
    const most = space.most_file / MEGABYTE;
    return [
      told("runs trained, and deleted of them", `${lived.kept.length + lived.deleted}, ${lived.deleted}`),
      told("checkpoints and weights of epochs that were written", inMegabytes(lived.written)),
      told(
        "the file before it was compacted, and the largest that it was at the end of a month",
        `${inMegabytes(before)}, ${inMegabytes(lived.most)}`,
      ),
      atMost("the file, against what the settings show", space.file_bytes / MEGABYTE, Math.round(most), "MB"),
      atMost("checkpoints of it, against the limit", space.checkpoints / MEGABYTE, space.most_checkpoints / MEGABYTE, "MB"),
      atMost("weights of epochs, against the limit", space.snapshots / MEGABYTE, space.most_snapshots / MEGABYTE, "MB"),
      allHold("runs that were kept with their model", lived.kept.length, models),
      allHold("runs that were kept with every point of their curves", lived.kept.length, curves),
      allHold("checks of the library's integrity", 1, store.integrityCheck()),
    ];
  } finally {
    connection.database.close();
    rmSync(home, { recursive: true, force: true });
  }
}

const inMegabytes = (bytes: number): string => `${Math.round(bytes / MEGABYTE).toLocaleString("en")} MB`;
