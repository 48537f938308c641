/** Options of runs as the window reads them from a host: page by page, each run once, also of those that are gone meanwhile. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProtocolClient } from "../../core/protocol/client.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { optionKey } from "../../core/spec/design-options.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { openStore } from "../../main/store/sqlite/open.ts";
import { newProject } from "../../main/store/testing/opened-store.ts";
import { sampleDesign, sampleRun } from "../../main/store/testing/store-fixture.ts";
import { OPTIONS_PAGE } from "../../renderer/runs/list-pages.ts";
import { readRunOptions, useKnownOptions } from "../../renderer/runs/options/use-run-options.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { TRAINER } from "../built.ts";

const RUNS = OPTIONS_PAGE + 20;
const UNITS = optionKey({ group: "layers", owner: "first", field: "units" });
const home = mkdtempSync(join(tmpdir(), "neuroloom-options-"));
let host: OpenedHost;
let runs: readonly ListedRun[] = [];
const asked: number[] = [];

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const store = await openStore({ path: join(home, "library.sqlite"), now: Date.now, newId: () => crypto.randomUUID() });
  const { id } = newProject(store);
  for (let number = 0; number < RUNS; number += 1)
    store.updateRun(store.createRun(sampleRun(id, { design: sampleDesign("any", number % 3) })).id, { status: "done" });
  runs = store.listPage(null, { after: null, limit: RUNS }).runs;
  store.close();
  const [near, far] = memoryChannelPair();
  const onFault = (fault: unknown): void => {
    throw fault;
  };
  const read = host.handlers["runs.options"];
  const handlers = {
    ...host.handlers,
    "runs.options": (input: { ids: string[] }) => {
      asked.push(input.ids.length);
      return read(input);
    },
  };
  serve(handlers, far, { onFault });
  provideHost(new ProtocolClient(near, { onFault }));
});
afterAll(async () => {
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});

test("every run's options are read once, in pages; what is gone has none and is not asked for again", async () => {
  const gone = { ...runs[0], id: "gone" } as ListedRun;
  await readRunOptions([...runs, gone]);
  expect(asked).toEqual([OPTIONS_PAGE, 21]);
  const { options, names } = useKnownOptions.getState();
  expect(runs.map(({ id }) => options.get(id)?.get(UNITS)?.value)).toEqual(runs.map(({ number }) => (number - 1) % 3));
  expect(names.get(UNITS)?.field).toBe("units");
  expect(options.get("gone")?.values).toEqual([]);
  await readRunOptions([...runs, gone]);
  expect(asked).toHaveLength(2);
});
