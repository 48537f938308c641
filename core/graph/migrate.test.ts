import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import type { DesignDocument } from "./document.ts";
import { migrate, readDesign, writeDesign } from "./migrate.ts";
import { propagate } from "./propagate.ts";

const start = (): DesignDocument =>
  design(
    "in > fc > out",
    { in: ["input", { shape: [4] }], fc: ["dense", { units: 3 }], out: ["output"] },
    { data: data(2, null), train: { epochs: 3 } },
  );
type Loose = Record<string, unknown> & { graph: { nodes: Record<string, unknown>[]; edges: Record<string, unknown>[]; groups?: unknown } };
const loose = (): Loose => JSON.parse(JSON.stringify(start())) as Loose;
const fault = (json: unknown) => {
  try {
    readDesign(json);
  } catch (error) {
    return error as { code: string; params: Record<string, unknown> };
  }
  throw new Error("it was read");
};

describe("writing", () => {
  test("what is written is read back the same, and written again to the byte", () => {
    const text = writeDesign(start());
    expect(readDesign(text)).toEqual(start());
    expect(writeDesign(readDesign(text))).toBe(text);
    expect(text.endsWith("}\n")).toBe(true);
  });

  test("the order of keys does not show in the text", () => {
    const shuffle = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffle)
        : value !== null && typeof value === "object"
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, shuffle(inner)]),
            )
          : value;
    const rich = { ...start(), train: { optimizer: { type: "adam", learning_rate: 0.1 }, batch_size: 2 } };
    expect(writeDesign(shuffle(rich) as DesignDocument)).toBe(writeDesign(rich));
  });

  test("format and version come first, then name and graph", () => {
    expect(Object.keys(JSON.parse(writeDesign(start())) as object)).toEqual([
      "format",
      "format_version",
      "name",
      "graph",
      "train",
      "data",
      "notes",
    ]);
    expect(writeDesign(start())).toContain('"id": "fc",\n        "name": "fc",\n        "type": "dense",\n        "config": {');
  });
});

describe("reading", () => {
  test("fills in what may be left out", () => {
    const short = {
      format: "neuroloom-design",
      format_version: 1,
      name: "x",
      graph: { nodes: [{ id: "a", type: "dense", name: "a", config: {}, position: { x: 0, y: 0 } }], edges: [] },
      train: {},
      data: null,
    };
    expect(readDesign(short)).toEqual({
      ...short,
      graph: { nodes: [{ ...short.graph.nodes[0], shared_with: null, bypassed: false }], edges: [], groups: [] },
      notes: "",
    });
  });

  test("keeps fields and layers it does not know, and writes them again", () => {
    const odd = loose();
    odd["colour"] = "red";
    odd.graph.nodes.push({ id: "odd", type: "hologram", name: "odd", config: { deep: { x: [null] } }, position: { x: 0, y: 0 }, tint: 7 });
    odd.graph.edges.push({ id: "e9", source: "fc", source_port: "output", target: "odd", target_port: "whatever", width: 2 });
    const text = writeDesign(readDesign(odd));
    expect(JSON.parse(text)).toMatchObject({
      colour: "red",
      graph: { nodes: [{}, {}, {}, { config: { deep: { x: [null] } }, tint: 7 }], edges: [{}, {}, { width: 2 }] },
    });
    expect(writeDesign(readDesign(text))).toBe(text);
  });

  test("the example of the documentation is a sound design", () => {
    const page = readFileSync(new URL("../../docs/design-format.md", import.meta.url), "utf8");
    const example = readDesign(/```json\n([\s\S]*?)```/.exec(page)?.[1]);
    expect(propagate(example)).toMatchObject({ ok: true, totals: { parameters: 2 } });
  });

  test("takes a byte order mark", () => {
    expect(readDesign(`\uFEFF${writeDesign(start())}`)).toEqual(start());
  });

  test("says where a file was cut off, wherever that is", () => {
    const text = writeDesign(start()).trim();
    for (let length = 1; length < text.length; length++)
      expect(fault(text.slice(0, length)).code, `after ${length} characters`).toBe("design.cut_off");
  });

  const bad: [string, unknown, string, object][] = [
    ["an empty file", " \n", "design.empty_file", {}],
    ["text", "hello", "design.not_json", {}],
    ["broken JSON", '{"format": neuroloom}', "design.not_json", {}],
    ["a list", "[]", "design.wrong_format", { received: "[…]" }],
    ["null", null, "design.wrong_format", { received: "null" }],
    ["another format", { format: "keras" }, "design.wrong_format", { expected: "neuroloom-design", received: '"keras"' }],
    ["no format", {}, "design.wrong_format", {}],
    ["a newer version", { ...loose(), format_version: 2 }, "design.newer_version", { version: 2, supported: 1 }],
    ["a version that is no number", { ...loose(), format_version: "1" }, "design.wrong_version", { supported: 1, received: '"1"' }],
    ["a version below the first", { ...loose(), format_version: 0 }, "design.wrong_version", { supported: 1, received: "0" }],
    ["no version", { ...loose(), format_version: undefined }, "design.no_version", { supported: 1 }],
    ["a missing graph", { ...loose(), graph: undefined }, "design.bad_field", { path: "graph", expected: "object" }],
    [
      "a position that is a text",
      changed((d) => {
        d.graph.nodes[1] = { ...d.graph.nodes[1], position: { x: "left", y: 0 } };
      }),
      "design.bad_field",
      { path: "graph.nodes[1].position.x", expected: "number", received: '"left"' },
    ],
    [
      "an empty name",
      changed((d) => {
        d.graph.nodes[0] = { ...d.graph.nodes[0], name: "" };
      }),
      "design.bad_field",
      { path: "graph.nodes[0].name", expected: "≥ 1" },
    ],
    [
      "an unknown split",
      changed((d) => {
        (d["data"] as { split: object }).split = { method: "magic", validation_fraction: 0.2, seed: null };
      }),
      "design.bad_field",
      { path: "data.split.method", expected: '"stratified" | "random" | "grouped" | "time" | "column" | "none"', received: '"magic"' },
    ],
    [
      "a share of all rows",
      changed((d) => {
        (d["data"] as { split: object }).split = { method: "random", validation_fraction: 1, seed: null };
      }),
      "design.bad_field",
      { path: "data.split.validation_fraction", expected: "< 1" },
    ],
    [
      "an unknown source of data",
      changed((d) => {
        (d["data"] as { source: object }).source = { kind: "builtin", name: "xor", options: { noise: "much" } };
      }),
      "design.bad_field",
      { path: "data.source.options.noise", expected: "number" },
    ],
    [
      "two nodes of one id",
      changed((d) => {
        d.graph.nodes[1] = { ...d.graph.nodes[0], name: "z" };
      }),
      "design.duplicate_id",
      { id: "in" },
    ],
    [
      "two nodes of one name",
      changed((d) => {
        d.graph.nodes[1] = { ...d.graph.nodes[1], name: "in" };
      }),
      "design.name_taken",
      { name: "in" },
    ],
    [
      "two edges of one id",
      changed((d) => {
        d.graph.edges[1] = { ...d.graph.edges[1], id: "e1" };
      }),
      "design.duplicate_id",
      { id: "e1" },
    ],
    [
      "a dangling edge",
      changed((d) => {
        d.graph.edges[1] = { ...d.graph.edges[1], target: "nobody" };
      }),
      "design.edge_end_missing",
      { edge: "e2", end: "target", node: "nobody" },
    ],
    [
      "an edge to a port that is not there",
      changed((d) => {
        d.graph.edges[0] = { ...d.graph.edges[0], target_port: "side" };
      }),
      "design.edge_unknown_port",
      { edge: "e1", node: "fc", port: "side", known: "input" },
    ],
    [
      "weights shared with nobody",
      changed((d) => {
        d.graph.nodes[1] = { ...d.graph.nodes[1], shared_with: "nobody" };
      }),
      "design.shared_owner_missing",
      { name: "fc" },
    ],
    [
      "a group of nobody",
      changed((d) => {
        d.graph.groups = [{ id: "g", name: "G", node_ids: ["nobody"], collapsed: false }];
      }),
      "design.group_unknown_node",
      { group: "G", node: "nobody" },
    ],
  ];
  test.each(bad)("refuses %s and says what is wrong", (_, json, code, params) => {
    const text = typeof json === "string" ? json : (JSON.parse(JSON.stringify(json)) as unknown);
    expect(fault(text)).toMatchObject({ code, params });
  });

  test("brings older versions up step by step", () => {
    const steps = {
      1: (old: Readonly<Record<string, unknown>>) => ({ ...old, a: 1 }),
      2: (old: Readonly<Record<string, unknown>>) => ({ ...old, b: [old["a"], old["format_version"]] }),
    };
    expect(migrate({ format: "neuroloom-design", format_version: 1 }, steps, 3)).toEqual({
      format: "neuroloom-design",
      format_version: 3,
      a: 1,
      b: [1, 2],
    });
    expect(migrate({ format: "neuroloom-design", format_version: 2, a: 5 }, steps, 3)).toMatchObject({ format_version: 3, b: [5, 2] });
  });

  test("a layer in several groups is read into the first, and a group that is left without layers goes", () => {
    const groups = [["fc", "fc"], ["in", "fc"], ["fc"], []].map((node_ids, at) => ({ id: `g${at}`, name: "G", node_ids, collapsed: true }));
    const read = readDesign(
      changed((d) => {
        d.graph.groups = groups;
      }),
    );
    expect(read.graph.groups.map(({ id, node_ids }) => [id, node_ids])).toEqual([
      ["g0", ["fc"]],
      ["g1", ["in"]],
    ]);
  });

  test("a cycle is read: the canvas says what is wrong with it", () => {
    const cyclic = loose();
    cyclic.graph.edges.push({ id: "e9", source: "fc", source_port: "output", target: "fc", target_port: "input" });
    expect(readDesign(cyclic).graph.edges).toHaveLength(3);
  });
});

function changed(change: (design: Loose) => void): unknown {
  const copy = loose();
  change(copy);
  return copy;
}
