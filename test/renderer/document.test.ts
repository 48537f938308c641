/** The renderer's document store over a real host: undo of everything, one entry a drag, saving, and a second window that saved in between. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../core/errors.ts";
import { createNode } from "../../core/graph/create.ts";
import { countedIds } from "../../core/graph/naming.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import type { HostClient } from "../../core/protocol/host.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import {
  closeProject,
  createProject,
  dispatch,
  endMerge,
  flushSave,
  goTo,
  keepAsCopy,
  openProject,
  redo,
  select,
  undo,
  useDocument,
} from "../../renderer/state/document.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { useToasts } from "../../renderer/state/toasts.ts";
import { changeTo, keepVersion, restoreVersion } from "../../renderer/versions/use-versions.ts";
import { TRAINER } from "../built.ts";

const home = mkdtempSync(join(tmpdir(), "neuroloom-document-"));
let host: OpenedHost;
let client: ProtocolClient;
const faults: unknown[] = [];

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const [near, far] = memoryChannelPair();
  const onFault = (fault: unknown): void => {
    faults.push(fault);
  };
  serve(host.handlers, far, { onFault });
  client = new ProtocolClient(near, { onFault });
  provideHost(client);
});
afterAll(async () => {
  expect(faults).toEqual([]);
  client.close();
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  await closeProject();
  await createProject(emptyDesign("a project"), null);
});

const newId = countedIds("n", []);

function addLayer(type: string): string {
  const { design } = useDocument.getState();
  if (design === null) throw new Error("no project is open");
  const node = createNode(type, { x: 0, y: 0 }, design, newId);
  dispatch({ type: "add_nodes", nodes: [node], edges: [] }, { label: `add ${type}` });
  return node.id;
}
const move = (id: string, x: number): void =>
  dispatch({ type: "move", positions: { [id]: { x, y: 0 } } }, { label: "move", merge: `move ${id}` });
const names = (): string[] => useDocument.getState().design?.graph.nodes.map((node) => node.name) ?? [];
const xOf = (id: string): number | undefined => useDocument.getState().design?.graph.nodes.find((node) => node.id === id)?.position.x;

/** Breaks while a project is saved, or in another call: before the host has read it, or after it has written it. */
const losing = (written: boolean, lost = "projects.save"): HostClient => ({
  call: async (method, input) => {
    if (method !== lost || written) await client.call(method, input);
    throw new AppError("protocol.host_gone", { reason: "broken" });
  },
  on: () => () => {},
  onClosed: () => () => {},
  close: () => {},
});

describe("undo", () => {
  test("takes layers, options, training options and the choice of data back, and does them again", () => {
    const before = useDocument.getState().design;
    const id = addLayer("dense");
    dispatch({ type: "set_config", id, config: { units: 3 } }, { label: "units" });
    dispatch({ type: "set_training", patch: { epochs: 7 } }, { label: "epochs" });
    dispatch({ type: "set_data", data: null }, { label: "data", datasetId: "another" });
    const after = useDocument.getState();
    for (let count = 0; count < 4; count += 1) undo();
    expect(useDocument.getState().design).toEqual(before);
    expect(useDocument.getState().datasetId).toBeNull();
    for (let count = 0; count < 4; count += 1) redo();
    expect(useDocument.getState().design).toEqual(after.design);
    expect(useDocument.getState().datasetId).toBe("another");
    undo();
  });

  test("a drag is one entry, the next drag of the same layer another", () => {
    const id = addLayer("dense");
    for (const x of [1, 2, 3]) move(id, x);
    endMerge();
    for (const x of [10, 20, 30]) move(id, x);
    expect(useDocument.getState().acts.map((act) => act.label)).toEqual(["add dense", "move", "move"]);
    undo();
    expect(xOf(id)).toBe(3);
    undo();
    expect(xOf(id)).toBe(0);
  });

  test("an act after an undo does not join the act before that undo", () => {
    const id = addLayer("dense");
    move(id, 1);
    addLayer("dropout");
    undo();
    move(id, 2);
    undo();
    expect(xOf(id)).toBe(1);
  });

  test("goes to any entry of the list, and what was undone is gone after a new act", () => {
    for (const type of ["input", "dense", "output"]) addLayer(type);
    goTo(1);
    expect(names()).toEqual(["input_1"]);
    goTo(3);
    expect(names()).toEqual(["input_1", "dense_1", "output_1"]);
    goTo(2);
    addLayer("dropout");
    expect(useDocument.getState().acts.map((act) => act.label)).toEqual(["add input", "add dense", "add dropout"]);
    redo();
    expect(names()).toEqual(["input_1", "dense_1", "dropout_1"]);
  });

  test("takes the project's name back too, here and at the host", async () => {
    addLayer("dense");
    dispatch({ type: "set_name", name: "another name" }, { label: "rename" });
    const { project } = useDocument.getState();
    expect(project?.name).toBe("another name");
    await flushSave();
    const stored = async (): Promise<string | undefined> =>
      (await client.call("projects.list", {})).projects.find(({ id }) => id === project?.id)?.name;
    expect(await stored()).toBe("another name");
    undo();
    expect(useDocument.getState().project?.name).toBe("a project");
    expect(names()).toEqual(["dense_1"]);
    await flushSave();
    expect(await stored()).toBe("a project");
    redo();
    await closeProject();
    await openProject(project?.id ?? "");
    expect(useDocument.getState().design?.name).toBe("another name");
  });

  test("an act that the design refuses changes nothing", () => {
    const id = addLayer("dense");
    const before = useDocument.getState();
    expect(() => dispatch({ type: "rename", id, name: "" }, { label: "rename" })).toThrowError("design.name_empty");
    expect(useDocument.getState().design).toBe(before.design);
    expect(useDocument.getState().acts).toBe(before.acts);
  });
});

describe("what follows from the design", () => {
  test("facts of a layer stay the same object while another is edited or moved", () => {
    const first = addLayer("dense");
    const second = addLayer("dropout");
    const facts = useDocument.getState().facts.get(first);
    dispatch({ type: "set_config", id: second, config: { rate: 0.1 } }, { label: "rate" });
    move(first, 40);
    expect(useDocument.getState().facts.get(first)).toBe(facts);
    expect(facts?.problems.map((problem) => problem.error.code)).toContain("design.not_connected");
  });

  test("a deleted layer leaves the selection", () => {
    const id = addLayer("dense");
    select([id]);
    undo();
    expect(useDocument.getState().selection.size).toBe(0);
  });
});

describe("versions", () => {
  test("a version is restored with its data set, also where that is none, and its data set alone is a change", () => {
    const { design } = useDocument.getState();
    if (design === null) throw new Error("no project is open");
    const without = { design, dataset_id: null };
    dispatch({ type: "set_data", data: null }, { label: "data", datasetId: "another" });
    const change = changeTo(without, { design, datasetId: "another" });
    expect(change).toEqual({ ...changeTo(without, { design, datasetId: null }), data: true });
    restoreVersion(without, "restore");
    expect(useDocument.getState().datasetId).toBeNull();
    undo();
    expect(useDocument.getState().datasetId).toBe("another");
    goTo(0);
  });
});

test("the sketch of a project runs the way its drawing does", async () => {
  const { project } = useDocument.getState();
  const sketch = async () => {
    await flushSave();
    return (await client.call("projects.sketches", { ids: [project?.id ?? ""] })).sketches[0]?.graph;
  };
  addLayer("dense");
  expect(await sketch()).toEqual({ nodes: useDocument.getState().design?.graph.nodes, edges: [] });
  dispatch({ type: "set_direction", direction: "down" }, { label: "down" });
  expect(await sketch()).toMatchObject({ direction: "down" });
});

describe("saving", () => {
  test("what is open again is what was done", async () => {
    addLayer("dense");
    await flushSave();
    const { project, design, saveState } = useDocument.getState();
    expect(saveState).toBe("saved");
    await closeProject();
    await openProject(project?.id ?? "");
    expect(useDocument.getState().design).toEqual(design);
  });

  test("undo and redo go on where they were when the project is opened again, the choice of data included", async () => {
    const start = useDocument.getState().design;
    const id = addLayer("dense");
    move(id, 40);
    addLayer("dropout");
    undo();
    await flushSave();
    const { project, acts } = useDocument.getState();
    await closeProject();
    await openProject(project?.id ?? "");
    expect(useDocument.getState().acts.map(({ label }) => label)).toEqual(acts.map(({ label }) => label));
    expect(useDocument.getState().done).toBe(2);
    redo();
    expect(names()).toEqual(["dense_1", "dropout_1"]);
    goTo(0);
    expect(useDocument.getState().design).toEqual(start);
    await flushSave();
    await closeProject();
    await openProject(project?.id ?? "");
    expect(useDocument.getState().done).toBe(0);
    goTo(3);
    expect(names()).toEqual(["dense_1", "dropout_1"]);
  });

  test("a history that is broken, or that belongs to another design, is left out with a notice, and the design is whole", async () => {
    addLayer("dense");
    await flushSave();
    const { project, design, datasetId } = useDocument.getState();
    if (project === null || design === null) throw new Error("no project is open");
    const foreign = JSON.stringify({
      format: "neuroloom-journal",
      format_version: 1,
      done: 1,
      acts: [
        {
          label: "move",
          dataset_before: null,
          dataset_after: null,
          act: "move",
          command: { type: "move", positions: { gone: { x: 1, y: 1 } } },
        },
      ],
    });
    for (const journal of ["{ not a history", foreign]) {
      useToasts.setState({ toasts: [] });
      const { revision } = (await client.call("projects.open", { id: project.id })).project;
      await client.call("projects.save", { id: project.id, revision, design, dataset_id: datasetId, journal });
      await closeProject();
      await openProject(project.id);
      expect(useDocument.getState().design).toEqual(design);
      expect(useDocument.getState().acts).toEqual([]);
      expect(useToasts.getState().toasts.map(({ content }) => content)).toEqual([{ code: "designer.history_dropped", params: {} }]);
    }
  });

  test("a save that is refused renames nothing", async () => {
    const mine = useDocument.getState().project;
    if (mine === null) throw new Error("no project is open");
    await client.call("projects.save", { id: mine.id, revision: mine.revision, design: emptyDesign("theirs"), dataset_id: null });
    dispatch({ type: "set_name", name: "my name" }, { label: "rename" });
    await flushSave();
    expect(useDocument.getState().saveState).toBe("stale");
    expect((await client.call("projects.open", { id: mine.id })).project.name).toBe("a project");
  });

  test.each([true, false])("a save whose answer is lost is not taken for another window's; written by the host: %s", async (written) => {
    addLayer("dense");
    provideHost(losing(written));
    await expect(flushSave()).rejects.toThrowError("protocol.host_gone");
    provideHost(client);
    addLayer("dropout");
    await flushSave();
    const { project, design, saveState } = useDocument.getState();
    expect(saveState).toBe("saved");
    expect((await client.call("projects.open", { id: project?.id ?? "" })).design).toEqual(design);
  });

  test("what another window saved after a lost answer is not overwritten either", async () => {
    addLayer("dense");
    provideHost(losing(true));
    await expect(flushSave()).rejects.toThrowError("protocol.host_gone");
    provideHost(client);
    const { id } = useDocument.getState().project ?? { id: "" };
    const { revision } = (await client.call("projects.open", { id })).project;
    await client.call("projects.save", { id, revision, design: emptyDesign("theirs"), dataset_id: null });
    await flushSave();
    expect(useDocument.getState().saveState).toBe("stale");
  });

  test("a project that another window saved is not overwritten: mine can be kept as a copy", async () => {
    addLayer("dense");
    await flushSave();
    const mine = useDocument.getState().project;
    if (mine === null) throw new Error("no project is open");
    const theirs = emptyDesign("theirs");
    await client.call("projects.save", { id: mine.id, revision: mine.revision, design: theirs, dataset_id: null });
    addLayer("dropout");
    await flushSave();
    expect(useDocument.getState().saveState).toBe("stale");
    // A name given to what is on this screen is not given to what the other window saved.
    expect(await keepVersion("mine")).toBe(false);
    expect(
      (await client.call("versions.list", { project_id: mine.id, offset: 0, limit: 9 })).versions.every((one) => one.name === null),
    ).toBe(true);
    await keepAsCopy("my copy");
    expect(await keepVersion("mine")).toBe(true);
    expect(useDocument.getState().project?.id).not.toBe(mine.id);
    expect(names()).toEqual(["dense_1", "dropout_1"]);
    const kept = await client.call("projects.open", { id: mine.id });
    expect(kept.design.graph.nodes).toEqual([]);
  });

  test("a copy that is asked for twice is one project", async () => {
    addLayer("dense");
    const before = (await client.call("projects.list", {})).projects.length;
    await Promise.all([keepAsCopy("my copy"), keepAsCopy("my copy")]);
    expect((await client.call("projects.list", {})).projects.length).toBe(before + 1);
    expect(useDocument.getState()).toMatchObject({ copying: false, project: { name: "my copy" } });
    // One that could not be made can be asked for again.
    const { project } = useDocument.getState();
    provideHost(losing(false, "projects.create"));
    await expect(keepAsCopy("once more")).rejects.toThrowError("protocol.host_gone");
    provideHost(client);
    await keepAsCopy("once more");
    expect(useDocument.getState().project?.id).not.toBe(project?.id);
  });

  describe("what is changed while the project is left is saved too:", () => {
    /** Does something in the middle of the first such call, when the host has answered. */
    const during = (method: string, act: () => void): HostClient => {
      let left = 1;
      return {
        ...losing(true),
        call: async (called, input) => {
          const answer = await client.call(called, input);
          if (called === method && left > 0) {
            left -= 1;
            act();
          }
          return answer;
        },
      };
    };
    const layersOf = async (id: string): Promise<readonly string[]> =>
      (await client.call("projects.open", { id })).design.graph.nodes.map(({ name }) => name);
    const opened = (): string => useDocument.getState().project?.id ?? "";
    afterEach(() => provideHost(client));

    test("for the start screen", async () => {
      const id = opened();
      addLayer("dense");
      provideHost(during("projects.save", () => addLayer("dropout")));
      await closeProject();
      expect(await layersOf(id)).toEqual(["dense_1", "dropout_1"]);
    });

    test.each(["another project", "the same project", "a new project"])("for %s", async (next) => {
      const id = opened();
      const other = (await client.call("projects.create", { design: emptyDesign("other"), dataset_id: null })).project.id;
      const isNew = next === "a new project";
      provideHost(during(isNew ? "projects.create" : "projects.open", () => addLayer("dropout")));
      if (isNew) await createProject(emptyDesign("new"), null);
      else await openProject(next === "another project" ? other : id);
      expect(await layersOf(id)).toEqual(["dropout_1"]);
      expect(names()).toEqual(next === "the same project" ? ["dropout_1"] : []);
    });
  });
});
