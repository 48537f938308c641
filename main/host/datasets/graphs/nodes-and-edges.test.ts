/** A node table and an edge table as one table with links. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLinks } from "../../../../core/data/graph/links.ts";
import { nodesAndEdges } from "./nodes-and-edges.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "neuroloom-edges-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function made(nodes: string, edges: string) {
  const files = { nodes: join(folder, "nodes.csv"), edges: join(folder, "edges.tsv") };
  await writeFile(files.nodes, nodes);
  await writeFile(files.edges, edges);
  const found = await nodesAndEdges({ path: files.nodes, name: "nodes.csv" }, { path: files.edges, name: "edges.tsv" }, folder);
  return { ...found, text: await readFile(found.path, "utf8") };
}

const NODES = 'name,age,kind\nann,31,a\n"bob: b",25,b\ncarl,47,a\n';

describe("a node table and an edge table", () => {
  it("become the nodes in their order with what their edges lead to", async () => {
    const { text, id, links } = await made(NODES, "weight\ttarget\tsource\n2.5\tbob: b\tann\n1\tcarl\tann\n\tann\tcarl\n");
    expect([id, links]).toEqual(["name", "links"]);
    const lines = text.trim().split("\n");
    expect(lines[0]).toBe("name,age,kind,links");
    expect(lines[1]).toBe("ann,31,a,bob%3a%20b:2.5 carl:1");
    expect(lines[2]).toMatch(/^"?bob: b"?,25,b,$/);
    expect(lines[3]).toBe("carl,47,a,ann");
    expect(readLinks("bob%3a%20b:2.5 carl:1", 0)).toEqual([
      { name: "bob: b", weight: 2.5 },
      { name: "carl", weight: 1 },
    ]);
  });

  it("are taken by place where no column says what it is", async () => {
    const { text } = await made("who,links\nx,1\ny,2\n", "one,two\nx,y\n");
    expect(text.trim().split("\n")).toEqual(["who,links,links_2", "x,1,y", "y,2,"]);
  });

  it("say what reading them had to say, and are read in the encoding that the person names", async () => {
    const old = (text: string): Buffer =>
      Buffer.from(Array.from(text, (letter) => letter.charCodeAt(0) - (letter < "\x80" ? 0 : 0x410 - 0xc0)));
    const files = { nodes: join(folder, "nodes.csv"), edges: join(folder, "edges.csv") };
    await writeFile(files.nodes, old("город,n,n\nМосква,1,2\nКазань,2,3\n"));
    await writeFile(files.edges, "Москва,Казань,2\nКазань,Москва,3\n");
    const found = await nodesAndEdges({ path: files.nodes, name: "nodes.csv" }, { path: files.edges, name: "edges.csv" }, folder, {
      encoding: "windows-1251",
    });
    expect((await readFile(found.path, "utf8")).split("\n")[1]).toBe("Москва,1,2,Казань");
    expect(found.origin.encoding).toBe("windows-1251");
    expect(found.origin.warnings.map(({ code, params }) => [code, params["file"]])).toEqual([
      ["data.file_duplicate_headers", "nodes.csv"],
      ["data.file_no_header", "edges.csv"],
    ]);
  });

  it.each([
    [
      "an end that is no node",
      "source,target\nann,ann\nann,zoe\nann,yan\n",
      "data.edge_unknown_node",
      { column: "target", row: 2, name: "zoe", count: 2 },
    ],
    ["a weight below zero", "source,target,weight\nann,carl,-1\n", "data.edge_weight", { column: "weight", row: 1, value: "-1" }],
  ])("are refused with %s", async (_, edges, code, params) => {
    await expect(made(NODES, edges)).rejects.toMatchObject({ code, params });
  });

  it("are refused where a node stands twice", async () => {
    await expect(made("name,age\nann,1\nann,2\n", "source,target\nann,ann\n")).rejects.toMatchObject({
      code: "data.edge_node_twice",
      params: { column: "name", row: 2, name: "ann" },
    });
  });
});
