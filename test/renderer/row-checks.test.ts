/** What the window knows of the rows reaches the checks: over a real host, from the data set that a project has chosen. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readDesign } from "../../core/graph/migrate.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { followDataset, useDataset } from "../../renderer/state/dataset.ts";
import { closeProject, createProject, dispatch, undo, useDocument } from "../../renderer/state/document.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { TRAINER } from "../built.ts";

const home = mkdtempSync(join(tmpdir(), "neuroloom-rows-"));
let host: OpenedHost;
let client: ProtocolClient;
const onFault = (fault: unknown): void => {
  throw fault;
};

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const [near, far] = memoryChannelPair();
  serve(host.handlers, far, { onFault });
  client = new ProtocolClient(near, { onFault });
  provideHost(client);
  followDataset();
});
afterAll(async () => {
  client.close();
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});

const CODE = "design.more_weights_than_rows";
const heard = (): unknown => useDocument.getState().problems.find(({ error }) => error.code === CODE)?.error.params;

test("a network with more weights than its data have rows is told so, until other data are chosen", async () => {
  const design = readDesign(readFileSync(new URL("../../resources/templates/network-that-learns-by-heart.json", import.meta.url), "utf8"));
  const source = design.data?.source;
  if (source?.kind !== "builtin") throw new Error("the template has no data of its own");
  const small = await client.call("datasets.builtin", { name: source.name, options: source.options });
  const large = await client.call("datasets.builtin", { name: source.name, options: { ...source.options, count: 100_000 } });
  // A quarter of the 140 rows is held out.
  const told = { weights: 17_025, rows: 105 };

  await createProject(design, small.dataset.id);
  await vi.waitFor(() => expect(heard()).toEqual(told), { timeout: 120_000 });

  // Another choice of data is an act, and so is taking it back.
  dispatch({ type: "set_notes", notes: "more rows" }, { label: "other data", datasetId: large.dataset.id });
  await vi.waitFor(() => expect(useDataset.getState().profile?.dataset.id).toBe(large.dataset.id), { timeout: 120_000 });
  expect(heard()).toBeUndefined();
  undo();
  await vi.waitFor(() => expect(heard()).toEqual(told), { timeout: 120_000 });

  // As the data screen chooses: it has read the profile before.
  useDataset.setState({ profile: await client.call("datasets.profile", { id: large.dataset.id }), loading: false });
  dispatch({ type: "set_notes", notes: "more rows again" }, { label: "other data", datasetId: large.dataset.id });
  expect(heard()).toBeUndefined();
  await closeProject();
});
