import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examine } from "../../core/checks/examine.ts";
import { AppError } from "../../core/errors.ts";
import { copySelection, pasteSelection } from "../../core/graph/clipboard.ts";
import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { act, type HistoryState, redo, startHistory, undo } from "../../core/graph/history.ts";
import { readDesign, writeDesign } from "../../core/graph/migrate.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { parametersOf } from "../../core/spec/build.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { design, ids } from "./designs.ts";
import { annotationCommand, commandOf, step } from "./random-steps.ts";

/** Connections go only where a removal took them, an insertion replaced one, or another design came in whole. */
function assertNoEdgeLost(before: DesignDocument, after: DesignDocument, command: Command, kind: number): void {
  if (command.type === "replace") return;
  const left = new Set(after.graph.edges.map(({ id }) => id));
  const lost = before.graph.edges.filter(({ id }) => !left.has(id));
  if (kind === 14) expect(lost).toHaveLength(1);
  else if (command.type !== "remove") expect(lost).toEqual([]);
  else {
    const nodeIds = new Set(command.node_ids);
    for (const edge of lost)
      expect(command.edge_ids.includes(edge.id) || nodeIds.has(edge.source) || nodeIds.has(edge.target), edge.id).toBe(true);
  }
}

function assertSound(state: DesignDocument): void {
  const { nodes, edges, groups } = state.graph;
  expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
  expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
  expect(new Set(edges.map((edge) => edge.id)).size).toBe(edges.length);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  // Of a layer that this version does not know the ports are not known either.
  const has = (id: string, side: "inputs" | "outputs", port: string): boolean =>
    byId.has(id) && layerDefinition(byId.get(id)?.type ?? "")?.ports[side].some(({ name }) => name === port) !== false;
  // One expectation for all: an assertion an edge and an act would take most of the time.
  const loose = edges.filter((edge) => !has(edge.source, "outputs", edge.source_port) || !has(edge.target, "inputs", edge.target_port));
  expect(loose).toEqual([]);
  const annotations = state.graph.annotations ?? [];
  expect(new Set(annotations.map(({ id }) => id)).size).toBe(annotations.length);
  for (const node of nodes) if (node.shared_with !== null) expect(byId.has(node.shared_with)).toBe(true);
  for (const group of groups) for (const id of group.node_ids) expect(byId.has(id)).toBe(true);
}

const COMMANDS: readonly Command["type"][] = [
  "add_nodes",
  "batch",
  "connect",
  "move",
  "remove",
  "rename",
  "replace",
  "set_annotations",
  "set_bypassed",
  "set_config",
  "set_data",
  "set_direction",
  "set_frozen",
  "set_groups",
  "set_name",
  "set_notes",
  "set_shared",
  "set_training",
];

describe("random acts", () => {
  test("never break a design, and undo takes all of them back to the byte", () => {
    let done = 0;
    let refused = 0;
    let undone = 0;
    const kinds = new Set<Command["type"]>();
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: fc.constantFrom("undo" as const, "redo" as const) }), {
          minLength: 1,
          maxLength: 80,
          size: "max",
        }),
        (steps) => {
          const newId = ids("n");
          const origin = design("in > fc > out", { in: ["input", { shape: [4] }], fc: ["dense"], out: ["output", { target_input: "in" }] });
          const first = JSON.stringify(origin);
          let state: HistoryState = startHistory(origin, 10_000);
          for (const one of steps) {
            const before = JSON.stringify(state.design);
            if (one === "undo") {
              const back = undo(state);
              if (back !== state) expect(JSON.stringify(redo(back).design)).toBe(before);
              if (back !== state) undone += 1;
              state = back;
            } else if (one === "redo") {
              const forth = redo(state);
              if (forth !== state) undone += 1;
              state = forth;
            } else {
              try {
                const command = commandOf(state.design, one, newId);
                if (command === null) continue;
                const earlier = state.design;
                state = act(state, command, one.merge ? { merge: "burst" } : {});
                assertNoEdgeLost(earlier, state.design, command, one.kind);
                kinds.add(command.type);
                done += 1;
              } catch (error) {
                if (!(error instanceof AppError)) throw error;
                expect(JSON.stringify(state.design)).toBe(before);
                refused += 1;
              }
            }
            assertSound(state.design);
          }
          // Whatever came out can be shown, saved and read again, as long as its options are JSON.
          examine(state.design);
          const text = writeDesign(state.design);
          expect(writeDesign(readDesign(text))).toBe(text);
          const entries = state.past.length;
          while (state.past.length > 0) state = undo(state);
          expect(JSON.stringify(state.design)).toBe(first);
          for (let times = 0; times < entries; times++) state = redo(state);
          expect(writeDesign(state.design)).toBe(text);
        },
      ),
      { numRuns: 460, seed: 20_261_121 },
    );
    // The acts are what the test is about: ten thousand done, of every kind there is, with undo and redo among them, and some refused.
    expect(done).toBeGreaterThan(10_000);
    expect(undone).toBeGreaterThan(1500);
    expect(refused).toBeGreaterThan(1000);
    expect([...kinds].sort()).toEqual(COMMANDS);
  });

  test("of what is pasted: cut off, changed anywhere or made up, it is refused or leaves a sound design", () => {
    const origin = design("in > fc > out", { in: ["input", { shape: [4] }], fc: ["dense"], out: ["output", { target_input: "in" }] });
    const noted = applyCommand(origin, annotationCommand(origin, { a: 0, b: 4, c: 30 }, ids("a"))).design;
    const text = copySelection(noted, ["in", "fc", "out"], ["a1"]);
    const whole = fc.record({
      format: fc.constantFrom("neuroloom-selection", "other"),
      format_version: fc.constantFrom(1, 1, 1, 2, "1"),
      nodes: fc.oneof(fc.constant(noted.graph.nodes), fc.json(), fc.array(fc.object())),
      edges: fc.oneof(fc.constant(noted.graph.edges), fc.array(fc.object())),
      groups: fc.oneof(
        fc.constant([]),
        fc.constant([{ id: "g", name: "g", node_ids: ["in", "gone"], collapsed: true }]),
        fc.array(fc.object()),
      ),
      outside: fc.oneof(fc.constant([]), fc.array(fc.object())),
      annotations: fc.oneof(fc.constant(undefined), fc.constant(noted.graph.annotations), fc.array(fc.object())),
    });
    const garbage = fc.oneof(
      fc.string(),
      fc.json(),
      fc.nat({ max: text.length }).map((length) => text.slice(0, length)),
      fc
        .tuple(fc.nat({ max: text.length - 1 }), fc.string({ minLength: 1, maxLength: 3 }))
        .map(([at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
      whole.map((value) => JSON.stringify(value)),
    );
    let pasted = 0;
    let refused = 0;
    fc.assert(
      fc.property(garbage, (one) => {
        const before = JSON.stringify(noted);
        try {
          const { design: after, inverse } = applyCommand(noted, pasteSelection(noted, one, { x: 0, y: 0 }, ids("p")));
          assertSound(after);
          expect(writeDesign(readDesign(writeDesign(after)))).toBe(writeDesign(after));
          expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(before);
          pasted += 1;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          refused += 1;
        }
        expect(JSON.stringify(noted)).toBe(before);
      }),
      { numRuns: 1000, seed: 20_261_123 },
    );
    expect(pasted).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(300);
  });

  test("a paste of five thousand layers with their connections is one act, sound, and taken back whole", () => {
    const newId = ids("n");
    const count = 5000;
    const layers: Record<string, [string, Record<string, unknown>]> = { l0: ["input", { shape: [4] }] };
    for (let index = 1; index < count; index += 1) layers[`l${index}`] = ["dense", { units: 4 }];
    const large = design(Object.keys(layers).join(" > "), layers);
    const origin = design("in > out", { in: ["input", { shape: [4] }], out: ["output", { target_input: "in" }] });
    let state = startHistory(origin);
    state = act(state, pasteSelection(origin, copySelection(large, Object.keys(layers)), { x: 0, y: 0 }, newId));
    state = act(state, pasteSelection(state.design, copySelection(large, Object.keys(layers)), { x: 0, y: 0 }, newId));
    expect(state.design.graph.nodes).toHaveLength(2 + 2 * count);
    expect(state.design.graph.edges).toHaveLength(1 + 2 * (count - 1));
    assertSound(state.design);
    expect(state.past).toHaveLength(2);
    expect(JSON.stringify(undo(undo(state)).design)).toBe(JSON.stringify(origin));
    // More than a design holds is refused whole, in one paste and in several: a file of it could not be read again.
    const once = pasteSelection(state.design, copySelection(large, Object.keys(layers)), { x: 0, y: 0 }, newId);
    state = act(state, once);
    const last = pasteSelection(state.design, copySelection(large, Object.keys(layers)), { x: 0, y: 0 }, newId);
    expect(() => act(state, last)).toThrow(expect.objectContaining({ code: "design.too_many_layers" }));
    const many = JSON.parse(copySelection(large, Object.keys(layers))) as { nodes: { id: string; name: string }[] };
    const tooMany = Array.from({ length: 20_001 }, (_, index) => ({ ...many.nodes[1], id: `x${index}`, name: `x${index}` }));
    expect(() => pasteSelection(origin, JSON.stringify({ ...many, nodes: tooMany, edges: [] }), { x: 0, y: 0 }, newId)).toThrow(
      expect.objectContaining({ code: "design.too_many_layers" }),
    );
  });

  test("leave designs that, if the canvas passes them, the engine passes too, with the same shapes", () => {
    // Acts that mostly leave a sound design sound: layers put on edges, skipped, given options, copied and removed.
    const gentle = fc.record({
      kind: fc.constantFrom(4, 8, 11, 12, 13, 14, 14, 14),
      a: fc.nat(),
      b: fc.nat(),
      c: fc.nat(),
      merge: fc.constant(false),
    });
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(gentle, { minLength: 1, maxLength: 6 }), (steps) => {
        const newId = ids("n");
        let state = startHistory(
          design("in > a > b > out, in > c > sum > out2, a > sum", {
            in: ["input", { shape: [4] }],
            a: ["dense", { units: 6 }],
            b: ["dense", { units: 2 }],
            c: ["dense", { units: 6 }],
            sum: ["add"],
            out: ["output"],
            out2: ["output"],
          }),
        );
        for (const one of steps) {
          try {
            const command = commandOf(state.design, one, newId);
            if (command !== null) state = act(state, command);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
          }
        }
        const found = examine(state.design);
        if (!found.ok) return;
        accepted += 1;
        const shapes = Object.fromEntries(
          [...found.nodes].flatMap(([id, node]) => (node.outputs?.[0] === undefined ? [] : [[id, node.outputs[0]]])),
        );
        const spec = makeModelSpec(state.design.graph, { inputs: shapes, outputs: {} });
        for (const layer of spec.layers) if (shapes[layer.id] !== undefined) expect(layer.shape).toEqual(shapes[layer.id]);
        expect(parametersOf(spec).parameters.reduce((sum, one) => sum + sizeOf(one.shape), 0)).toBeLessThanOrEqual(found.totals.parameters);
      }),
      { numRuns: 1500, seed: 20_261_122 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
