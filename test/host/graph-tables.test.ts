/** A node table and an edge table through the host, as the window hands them over: the columns that were said, or those that are told by name. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorData } from "../../core/errors.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { testHome } from "./fixture.ts";

const NODES = "who,age,group\nann,30,a\nbob,40,b\ncem,50,a\n";
const EDGES = "since,begin,end,strength\n2001,ann,bob,2\n2002,bob,cem,0.5\n";

async function brought(host: OpenedHost, folder: string, columns: object = {}, edges = EDGES) {
  const token = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return host.uploads.register(join(folder, name), name);
  };
  const files = { file: token("n.csv", NODES), name: "n.csv", edges: { file: token("e.csv", edges), name: "e.csv", ...columns } };
  return host.handlers["datasets.import"]({ ...files, import_id: "i" });
}

test("columns that were said make the links; weights only where they were asked for", async () => {
  await using home = testHome();
  const host = await home.open();
  const linksOf = async (columns: object) => {
    const { dataset, graph } = await brought(host, home.path, columns);
    const { columns: names, rows } = await host.handlers["datasets.preview"]({ id: dataset.id, offset: 0, count: 3 });
    return { graph, name: dataset.name, links: rows.map((row) => row[names.indexOf("links")]) };
  };
  const ends = { id: "who", source: "begin", target: "end" };
  expect(await linksOf({ ...ends, weight: "strength" })).toEqual({
    graph: { id: "who", links: "links" },
    name: "n.csv",
    links: ["bob:2", "cem:0.5", null],
  });
  expect((await linksOf({ ...ends, weight: null })).links).toEqual(["bob", "cem", null]);
});

test("a column that is not there, and an end that no node has, are named; nothing is kept", async () => {
  await using home = testHome();
  const host = await home.open();
  const refusal = (act: Promise<unknown>) =>
    act.then(
      () => null,
      (thrown: unknown) => errorData(thrown),
    );
  expect(await refusal(brought(host, home.path, { source: "start" }))).toMatchObject({
    code: "data.column_missing",
    params: { columns: "start" },
  });
  const ends = { id: "who", source: "begin", target: "end" };
  const unknown = await refusal(brought(host, home.path, ends, EDGES.replace("cem", "dan")));
  expect(unknown).toMatchObject({ code: "data.edge_unknown_node", params: { name: "dan", file: "e.csv" } });
  expect((await host.handlers["datasets.list"]({})).datasets).toEqual([]);
});
