/** The drawing of random designs, without Python: they are designs, every layer has its turn, and the engines agree on them. */
import { describe, expect, it } from "vitest";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { differenceOf, engines, TOLERANCE } from "./compare.ts";
import { runOfDesign } from "./design.ts";
import { drawDesign } from "./draw.ts";
import { trainHere } from "./run.ts";
import { shrink } from "./shrink.ts";

const computing = layerTypes.filter((type) => layerDefinition(type)?.traits.role === undefined);
const designs = computing.map((_, index) => drawDesign(7, index));

describe("random designs", () => {
  it("are the same for the same seed and others for another", () => {
    expect(drawDesign(7, 3)).toEqual(designs[3]);
    expect(drawDesign(8, 3)).not.toEqual(designs[3]);
  });

  it("give every layer its turn", () => {
    const drawn = new Set(designs.flatMap(({ graph }) => graph.nodes.map(({ type }) => type)));
    expect(computing.filter((type) => !drawn.has(type))).toEqual([]);
  });

  it("are varied: several inputs, merges, shared weights, two outputs", () => {
    const many = Array.from({ length: 200 }, (_, index) => drawDesign(7, index).graph);
    const some = (has: (graph: (typeof many)[number]) => boolean): number => many.filter(has).length;
    const ofRole = (graph: (typeof many)[number], role: string): number =>
      graph.nodes.filter(({ type }) => layerDefinition(type)?.traits.role === role).length;
    expect(some((graph) => ofRole(graph, "input") > 1)).toBeGreaterThan(20);
    expect(some((graph) => ofRole(graph, "output") > 1)).toBeGreaterThan(20);
    expect(some((graph) => graph.nodes.some(({ shared_with }) => shared_with !== null))).toBeGreaterThan(10);
    expect(some((graph) => graph.nodes.some(({ id }) => graph.edges.filter(({ target }) => target === id).length > 1))).toBeGreaterThan(50);
  });

  it.each(designs.map((design) => ({ design, name: design.name })))("train alike on every engine: $name", ({ design }) => {
    const run = runOfDesign(design);
    const [exact = [], ...others] = Object.values(engines).map((backend) => trainHere(run, backend).losses);
    expect(exact.every(Number.isFinite)).toBe(true);
    for (const losses of others) expect(differenceOf(losses, exact)).toBeLessThan(TOLERANCE);
  });
});

describe("making a design smaller", () => {
  it("keeps only what the failure needs", async () => {
    const design = designs.find(({ graph }) => graph.nodes.length > 6);
    if (design === undefined) throw new Error("no design of more than six layers was drawn");
    const wanted = design.graph.nodes.find(({ type }) => layerDefinition(type)?.traits.linear === true)?.type;
    const small = await shrink(design, ({ graph }) => Promise.resolve(graph.nodes.some(({ type }) => type === wanted)));
    expect(small.graph.nodes.some(({ type }) => type === wanted)).toBe(true);
    expect(small.graph.nodes.length).toBeLessThan(design.graph.nodes.length);
  });
});
