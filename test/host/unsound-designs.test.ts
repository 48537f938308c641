/** The window has checked a design before it starts a run; the host does not take its word for it. */
import { describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { openTemplate, startRun, testHome } from "./fixture.ts";

type Change = (graph: DesignDocument["graph"]) => DesignDocument["graph"];
const mistakes: readonly [what: string, code: string, change: Change][] = [
  [
    "a cycle",
    "design.cycle",
    (graph) => ({
      ...graph,
      edges: [...graph.edges, { id: "back", source: "hidden", source_port: "output", target: "hidden", target_port: "input" }],
    }),
  ],
  ["no output", "design.no_output", (graph) => without(graph, "output")],
  ["no input", "design.no_input", (graph) => without(graph, "input")],
];

/** The graph without its first or last layer. */
function without(graph: DesignDocument["graph"], end: "input" | "output"): DesignDocument["graph"] {
  const ids = graph.nodes.map(({ id }) => id);
  const gone = ids.find((id) => !graph.edges.some((edge) => (end === "input" ? edge.target : edge.source) === id));
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => id !== gone),
    edges: graph.edges.filter((edge) => edge.source !== gone && edge.target !== gone),
  };
}

describe("a run", () => {
  it.each(mistakes)("of a design with %s is refused before there is a row for it", async (_what, code, change) => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "xor");
    const design = { ...opened.design, graph: change(opened.design.graph) };
    const refused = await startRun(host, { ...opened, design }).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).code).toBe(code);
    expect((await host.handlers["runs.list"]({ project_id: null })).runs).toEqual([]);
  });
});
