import { describe, expect, test } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { changeGroupCommand, groupCommand } from "../../core/graph/groups.ts";
import { design, ids } from "../../test/graph/designs.ts";
import { findingsOf, startFindings } from "../state/findings.ts";
import { linksOf, listRows, problemsByEnd, rowFrom } from "./list-rows.ts";

const examined = (one: DesignDocument) => findingsOf(one, startFindings(), null);

const fork = design("in > a > m, in > b > m > out", {
  out: ["output"],
  m: ["add"],
  b: ["dense"],
  a: ["dense"],
  in: ["input", { shape: [4] }],
});
const grouped = applyCommand(fork, groupCommand(fork, ["a", "m"], "Half", ids("g"))).design;
const groupId = grouped.graph.groups[0]?.id ?? "";
const folded = applyCommand(grouped, changeGroupCommand(grouped, groupId, { collapsed: true })).design;
const outline = (of: DesignDocument): string[] =>
  listRows(of).map(
    (row) => `${"  ".repeat(row.level - 1)}${row.kind === "group" ? row.group.name : row.id} ${row.position}/${row.siblings}`,
  );

describe("rows of the list", () => {
  test("stand in the order of computing, whatever the order of the document", () => {
    const order = listRows(fork).map((row) => row.id);
    expect(order[0]).toBe("in");
    expect(order.slice(-2)).toEqual(["m", "out"]);
  });

  test("nest the layers of a group under it, counted by level; a collapsed one hides them", () => {
    expect(outline(grouped)).toEqual(["in 1/4", "Half 2/4", "  a 1/2", "  m 2/2", "b 3/4", "out 4/4"]);
    expect(outline(folded)).toHaveLength(4);
  });

  test("keep layers on a cycle, at the end", () => {
    const { edges } = fork.graph;
    const cycle = {
      ...fork,
      graph: { ...fork.graph, edges: [...edges, { id: "back", source: "m", source_port: "output", target: "a", target_port: "input" }] },
    };
    expect(
      listRows(cycle)
        .map((row) => row.id)
        .sort(),
    ).toEqual(["a", "b", "in", "m", "out"]);
  });

  test("end with notes and frames, counted with the rest of their level", () => {
    const note = { id: "n1", kind: "note" as const, text: "Why", colour: "yellow", position: { x: 0, y: 0 }, width: 200, height: 90 };
    const noted = { ...folded, graph: { ...folded.graph, annotations: [note] } };
    const rows = listRows(noted);
    expect(rows.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
    expect(rows.at(-1)).toMatchObject({ kind: "note", id: "annotation:n1", note: { text: "Why" } });
    expect(rowFrom(rows, "out", "ArrowDown", 5)).toBe("annotation:n1");
    expect(rowFrom(rows, "annotation:n1", "ArrowLeft", 5)).toBeNull();
  });

  test("say what a layer is connected to, with the port only where there are several", () => {
    const links = linksOf(fork);
    expect(links(["m"])).toMatchObject({ inputs: ["a", "b"], outputs: ["out"] });
    expect(fork.graph.edges.find(({ id }) => id === links(["m"]).firstOutput)?.source).toBe("m");
    expect(links(["in"]).inputs).toEqual([]);
    expect(links(["a", "m"])).toMatchObject({ inputs: ["in", "b"], outputs: ["out"] });
  });

  test("are walked by keys: down, to the end, into a group and back to it", () => {
    const rows = listRows(grouped);
    const group = `group:${groupId}`;
    expect(rowFrom(rows, "in", "ArrowUp", 5)).toBe("in");
    expect(rowFrom(rows, "in", "End", 5)).toBe("out");
    expect(rowFrom(rows, group, "ArrowRight", 5)).toBe("a");
    expect(rowFrom(rows, "m", "ArrowLeft", 5)).toBe(group);
    expect(rowFrom(listRows(folded), group, "ArrowRight", 5)).toBeNull();
    expect(rowFrom(rows, "gone", "ArrowDown", 5)).toBe("in");
  });
});

test("a wrong connection is told at the layer that it leads to, and where that is gone at the one it comes from", () => {
  const { problems } = examined(fork);
  expect(problemsByEnd(fork.graph, problems).size).toBe(0);
  const [first] = fork.graph.edges;
  if (first === undefined) throw new Error("no edge");
  const wrong = {
    ...fork,
    graph: {
      ...fork.graph,
      edges: [...fork.graph.edges, { ...first, id: "twice", source: "b" }, { ...first, id: "gone", target: "nobody" }],
    },
  };
  const found = problemsByEnd(wrong.graph, examined(wrong).problems);
  expect([...found].map(([id, list]) => [id, list.map(({ error }) => error.code)])).toEqual([
    [first.target, ["design.port_taken"]],
    [first.source, ["design.edge_end_missing"]],
  ]);
});
