/** Five processes write runs into one library; one after the other is killed at any moment, and what it had kept is looked at. */
import { openStore } from "../../main/store/sqlite/open.ts";
import type { Store } from "../../main/store/store.ts";
import { type StoreChild, startChild } from "../../main/store/testing/child-process.ts";
import {
  countedSources,
  sampleDesign,
  sampleRun,
  seededNumbers,
  temporaryFolder,
  valueAt,
} from "../../main/store/testing/store-fixture.ts";
import { allHold, type Figure, type Soak, type SoakOptions, told } from "./soak.ts";

const KILLS = 200;
const WRITERS = 5;
const BATCH_POINTS = 10;
/** More than is written at once: a kill meets half a checkpoint too. */
const CHECKPOINT_BYTES = 3_000_000;
const SEED = 7;

export const storeKill: Soak = {
  name: "store-kill",
  title: "Writers of the library killed",
  about:
    "Five processes append points and checkpoints to five runs of one library. 200 times one of them, drawn by chance, is killed with SIGKILL after a while, its run is read whole and compared with what it had said it kept, and a new process goes on with it.",
  run,
};

interface Writer {
  readonly runId: string;
  child: StoreChild;
  /** Last step that it said is kept. */
  kept: number;
  /** First step of this process. */
  first: number;
  /** Answers of this process so far; infinite once it has ended. */
  answers: number;
  /** Whether it gave up waiting for the others. */
  locked: boolean;
  ended: Promise<void>;
}

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  using folder = temporaryFolder();
  const path = folder.file("library.sqlite");
  const store = await openStore({ path, busyTimeoutMs: 20_000, ...countedSources("parent", 1_000) });
  const project = store.createProject({ name: "iris", design: sampleDesign("iris"), datasetId: null });
  const random = seededNumbers(SEED);
  const kills = Math.max(WRITERS, Math.round(KILLS * share));
  const writers = Array.from({ length: WRITERS }, () => startWriter(path, store.createRun(sampleRun(project.id)).id, 1));
  const wrong: string[] = [];
  const damaged: string[] = [];
  let locked = 0;
  try {
    for (let kill = 0; kill < kills; kill++) {
      if (kill % 20 === 0) say(`kill ${kill} of ${kills}`);
      const place = Math.floor(random() * WRITERS);
      const writer = writers[place] as Writer;
      const enough = 3 + Math.floor(random() * 30);
      while (writer.answers < enough) await new Promise((resolve) => setTimeout(resolve, Math.ceil(random() * 7)));
      writer.child.process.kill("SIGKILL");
      await writer.ended;
      if (writer.locked) locked += 1;
      const fault = await faultOf(store, writer);
      if (fault !== null) wrong.push(`kill ${kill}: ${fault}`);
      if (kill % 20 === 19) damaged.push(...store.integrityCheck());
      writers[place] = startWriter(path, writer.runId, stepsOf(store, writer.runId) + 1);
    }
  } finally {
    for (const { child } of writers) child.process.kill("SIGKILL");
    await Promise.all(writers.map(({ ended }) => ended));
  }
  damaged.push(...store.integrityCheck());
  const points = writers.reduce((sum, { runId }) => sum + stepsOf(store, runId), 0);
  store.close();
  return [
    allHold("kills after which the run had all that was kept, in whole batches and checkpoints", kills, wrong),
    allHold("checks of the library's integrity", Math.floor(kills / 20) + 1, damaged),
    told("of these, writers that had given up waiting for the others before", String(locked)),
    told("steps written", points.toLocaleString("en")),
  ];
}

function startWriter(path: string, runId: string, first: number): Writer {
  const child = startChild(["append", path, runId, String(first), String(CHECKPOINT_BYTES)]);
  const writer: Writer = { runId, child, kept: first - 1, first, answers: 0, locked: false, ended: Promise.resolve() };
  writer.ended = listen(writer);
  return writer;
}

async function listen(writer: Writer): Promise<void> {
  for (let answer = await writer.child.next(); answer !== null; answer = await writer.child.next()) {
    // Five that write without a pause may keep one waiting until it gives up: it ends, keeps what it had, and another goes on.
    if (answer.error?.code === "store.locked") writer.locked = true;
    else if (answer.error !== undefined) throw new Error(`a writer failed: ${answer.error.code}`);
    writer.kept = answer.kept ?? writer.kept;
    writer.answers += 1;
  }
  await writer.child.rest();
  writer.answers = Number.POSITIVE_INFINITY;
}

const stepsOf = (store: Store, runId: string): number => store.readCurves(runId, 10_000_000)[0]?.x.length ?? 0;

async function faultOf(store: Store, { runId, kept, first }: Writer): Promise<string | null> {
  const [loss, accuracy] = store.readCurves(runId, 10_000_000);
  const steps = loss?.x.length ?? 0;
  // The batch that was being written may be there as well, whole.
  if (steps !== kept && steps !== kept + BATCH_POINTS) return `${steps} steps where ${kept} were kept`;
  if (accuracy !== undefined && accuracy.x.length !== steps) return "half a batch";
  if (loss !== undefined && !loss.x.every((step, i) => step === i + 1 && loss.y[i] === valueAt(step))) return "other values";
  const checkpoint = await store.loadCheckpoint(runId, "last");
  const saved = Math.floor((kept - 1) / 100) * 100;
  if (saved >= first && (checkpoint?.step ?? 0) < saved) return `a checkpoint of step ${checkpoint?.step ?? 0} where ${saved} was kept`;
  if (checkpoint !== null && !checkpoint.bytes.every((byte) => byte === (checkpoint.step / 100) % 256)) return "a broken checkpoint";
  return null;
}
