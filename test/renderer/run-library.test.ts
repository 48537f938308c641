/** The run list as the window reads it: the newest rows first, the rest behind them, each run once, whatever is told in between. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { openStore } from "../../main/store/sqlite/open.ts";
import { newProject } from "../../main/store/testing/opened-store.ts";
import { sampleRun } from "../../main/store/testing/store-fixture.ts";
import { FIRST_PAGE, NEXT_PAGES } from "../../renderer/runs/list-pages.ts";
import { loadLibrary, putInLibrary, useLibrary } from "../../renderer/runs/run-library.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { TRAINER } from "../built.ts";

const RUNS = FIRST_PAGE + NEXT_PAGES + 20;
const home = mkdtempSync(join(tmpdir(), "neuroloom-library-"));
let host: OpenedHost;
/** Pages that were asked for. */
const asked: number[] = [];

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const store = await openStore({ path: join(home, "library.sqlite"), now: Date.now, newId: () => crypto.randomUUID() });
  const { id } = newProject(store);
  for (let number = 0; number < RUNS; number += 1) store.createRun(sampleRun(id));
  store.close();
  const [near, far] = memoryChannelPair();
  const onFault = (fault: unknown): void => {
    throw fault;
  };
  const listPage = host.handlers["runs.page"];
  serve(
    {
      ...host.handlers,
      "runs.page": (input, caller) => {
        asked.push(input.limit);
        return listPage(input, caller);
      },
    },
    far,
    { onFault },
  );
  provideHost(new ProtocolClient(near, { onFault }));
});
afterAll(async () => {
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});

test("the first page stands before the others come, and in the end every run once in the order of the store", async () => {
  const lengths: number[] = [];
  const end = useLibrary.subscribe(({ runs }) => lengths.push(runs?.length ?? 0));
  await loadLibrary();
  end();
  expect(asked).toEqual([FIRST_PAGE, NEXT_PAGES, NEXT_PAGES]);
  expect(lengths).toContain(FIRST_PAGE);
  const { runs, complete, total } = useLibrary.getState();
  expect({ complete, total, shown: runs?.length }).toEqual({ complete: true, total: RUNS, shown: RUNS });
  const all = (await host.handlers["runs.list"]({ project_id: null })).runs;
  expect(runs?.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
});

test("what an event tells while pages are read stands, and is not doubled", async () => {
  useLibrary.setState({ runs: null, complete: false });
  const oldest = (await host.handlers["runs.list"]({ project_id: null })).runs.at(-1);
  if (oldest === undefined) throw new Error("no runs");
  const end = useLibrary.subscribe(({ runs }) => {
    if (runs?.length !== FIRST_PAGE) return;
    end();
    putInLibrary([{ ...oldest, name: "told meanwhile" }]);
  });
  await loadLibrary();
  const { runs } = useLibrary.getState();
  expect(runs).toHaveLength(RUNS);
  expect(runs?.filter(({ id }) => id === oldest.id).map(({ name }) => name)).toEqual(["told meanwhile"]);
});
