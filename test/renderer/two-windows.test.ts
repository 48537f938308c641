/** What a person collects, with two windows open: neither undoes what the other one kept. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { OwnBlock } from "../../core/blocks/own-block.ts";
import { createNode } from "../../core/graph/create.ts";
import { countedIds } from "../../core/graph/naming.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { setOverrides, useKeys } from "../../renderer/state/keys.ts";
import { toggleFavourite, useShelf } from "../../renderer/state/layer-shelf.ts";
import { keepOwnBlock, ownBlockKey, useOwnBlocks } from "../../renderer/state/own-blocks.ts";
import { listenToSettings } from "../../renderer/state/shared-settings.ts";
import { useToasts } from "../../renderer/state/toasts.ts";
import { closeDialog, isDialogOpen, openDialog } from "../../renderer/state/view.ts";
import { textIn } from "../../renderer/ui/translators.ts";
import { TRAINER } from "../built.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const home = mkdtempSync(join(tmpdir(), "neuroloom-two-windows-"));
let host: OpenedHost;
let other: ProtocolClient;

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const connected = (): ProtocolClient => {
    const [near, far] = memoryChannelPair();
    const onFault = (fault: unknown): void => {
      throw fault;
    };
    const { emit } = serve(host.handlers, far, { onFault });
    host.onEvent(emit);
    return new ProtocolClient(near, { onFault });
  };
  provideHost(connected());
  other = connected();
  listenToSettings();
});
afterAll(async () => {
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});

const block = (id: string): OwnBlock => ({
  id,
  name: id,
  nodes: [createNode("dense", { x: 0, y: 0 }, emptyDesign("a"), countedIds("n", []))],
  edges: [],
  entries: [],
  exits: [],
  exposed: [],
});
const stored = async (key: string): Promise<unknown> => (await other.call("app.settings", {}))[key];

test("a block, keys and a marked layer of the other window are here, and stay when something is kept here", async () => {
  toggleFavourite("lstm");
  const theirs = { own_blocks: [block("theirs")], favourite_layers: ["lstm", "dense", "of_later"], keys: { train: ["F2"] } };
  for (const [key, value] of Object.entries(theirs)) await other.call("app.set_setting", { key, value });
  await expect.poll(() => useOwnBlocks.getState().blocks.map(({ id }) => id)).toEqual(["theirs"]);
  await expect.poll(() => useShelf.getState().favourites).toEqual(["lstm", "dense", "of_later"]);
  expect(useKeys.getState().bindings.train).toEqual(["F2"]);

  keepOwnBlock(block("mine"));
  toggleFavourite("dropout");
  setOverrides({ ...useKeys.getState().overrides, stop: ["F4"] });
  await expect.poll(() => stored("own_blocks")).toMatchObject([{ id: "theirs" }, { id: "mine" }]);
  await expect.poll(() => stored("favourite_layers")).toEqual(["lstm", "dense", "of_later", "dropout"]);
  await expect.poll(() => stored("keys")).toEqual({ train: ["F2"], stop: ["F4"] });
});

test("what is changed here meanwhile is not undone by what the other window wrote before", async () => {
  const before = useShelf.getState().favourites;
  for (const type of ["conv_2d", "flatten", "gru"]) toggleFavourite(type);
  expect(useShelf.getState().favourites).toEqual([...before, "conv_2d", "flatten", "gru"]);
  await expect.poll(() => stored("favourite_layers")).toEqual([...before, "conv_2d", "flatten", "gru"]);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(useShelf.getState().favourites).toEqual([...before, "conv_2d", "flatten", "gru"]);
});

test("the dialog of a block that the other window forgot is closed, with a word why: no key would act behind it", async () => {
  useOwnBlocks.setState({ blocks: [block("kept"), block("forgotten")] });
  openDialog({ name: "block", block: ownBlockKey("forgotten"), place: null, edgeId: null });
  await other.call("app.set_setting", { key: "own_blocks", value: [block("kept"), block("new")] });
  await expect.poll(() => useOwnBlocks.getState().blocks.map(({ id }) => id)).toEqual(["kept", "new"]);
  expect(isDialogOpen()).toBe(false);
  const said = useToasts.getState().toasts.map(({ content }) => (typeof content === "function" ? content(textIn("en")) : content));
  expect(said).toEqual(["The block forgotten was deleted. Designs that it was used in stay as they are."]);
  // One that is still there stays open.
  openDialog({ name: "block", block: ownBlockKey("kept"), place: null, edgeId: null });
  await other.call("app.set_setting", { key: "own_blocks", value: [block("kept")] });
  await expect.poll(() => useOwnBlocks.getState().blocks.map(({ id }) => id)).toEqual(["kept"]);
  expect(isDialogOpen()).toBe(true);
  closeDialog();
});
