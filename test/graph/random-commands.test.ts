import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examine } from "../../core/checks/examine.ts";
import { AppError } from "../../core/errors.ts";
import { copySelection, pasteSelection } from "../../core/graph/clipboard.ts";
import type { Command } from "../../core/graph/commands.ts";
import { createNode, insertOnEdge } from "../../core/graph/create.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { groupCommand } from "../../core/graph/groups.ts";
import { act, type HistoryState, redo, startHistory, undo } from "../../core/graph/history.ts";
import { readDesign, writeDesign } from "../../core/graph/migrate.ts";
import { renameCommand } from "../../core/graph/rename.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { parametersOf } from "../../core/spec/build.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { design, ids } from "./designs.ts";

/** One random act: what it is, and numbers by which it picks its objects. */
const step = fc.record({ kind: fc.integer({ min: 0, max: 16 }), a: fc.nat(), b: fc.nat(), c: fc.nat(), merge: fc.boolean() });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

/** The command of a step, or null where there is nothing to pick; many of them are refused, as a person's are. */
function commandOf(state: DesignDocument, { kind, a, b, c }: Step, newId: () => string): Command | null {
  const { nodes, edges } = state.graph;
  const node = pick(nodes, a);
  const other = pick(nodes, b);
  const edge = pick(edges, b);
  if (kind <= 3)
    return { type: "add_nodes", nodes: [createNode(pick(layerTypes, a) ?? "", { x: b % 1000, y: c % 1000 }, state, newId)], edges: [] };
  if (node === undefined || other === undefined) return null;
  const port = (type: string, side: "inputs" | "outputs"): string => pick(layerDefinition(type)?.ports[side] ?? [], c)?.name ?? "none";
  const drawn = {
    id: newId(),
    source: node.id,
    source_port: port(node.type, "outputs"),
    target: other.id,
    target_port: port(other.type, "inputs"),
  };
  switch (kind) {
    case 4:
    case 5:
    case 6:
      return { type: "connect", edge: drawn };
    case 7:
      return { type: "connect", edge: drawn, index: c % (edges.length + 2) };
    case 8:
      return { type: "remove", node_ids: [...new Set([node.id, other.id])], edge_ids: c % 3 === 0 && edge !== undefined ? [edge.id] : [] };
    case 9:
      return { type: "move", positions: { [node.id]: { x: c % 50, y: 1 }, [other.id]: { x: b % 50, y: 2 } } };
    case 10:
      return renameCommand(state, node.id, pick(["in", "points", `n${c % 40}`, other.name], b) ?? "");
    case 11:
      return {
        type: "set_config",
        id: node.id,
        config: { [pick(["units", "rate", "target_input", "shape"], b) ?? ""]: pick([1, 7, null, "in", [2, 3], undefined], c) },
        ...(c % 5 === 0 ? { replace: true } : {}),
        ...(c % 7 === 0 ? { unset: ["units"] } : {}),
      };
    case 12:
      return c % 2 === 0
        ? { type: "set_bypassed", ids: [node.id, other.id], bypassed: b % 2 === 0 }
        : c % 5 === 0
          ? { type: "set_frozen", frozen: { [node.id]: b % 2 === 0, [other.id]: b % 3 === 0 ? null : true } }
          : { type: "set_shared", owners: { [node.id]: c % 3 === 0 ? null : other.id } };
    case 13:
      return pasteSelection(state, copySelection(state, [node.id, other.id]), { x: c % 99, y: 0 }, newId, { keepIncoming: c % 2 === 0 });
    case 14:
      return edge === undefined
        ? null
        : insertOnEdge(state, edge.id, createNode(pick(layerTypes, c) ?? "", { x: 0, y: 0 }, state, newId), newId);
    case 15:
      return groupCommand(state, [node.id, other.id], "g", newId);
    default:
      return (
        pick<Command>(
          [
            { type: "set_training", patch: { epochs: b % 9 } },
            { type: "set_notes", notes: String(b) },
            { type: "set_name", name: String(c) },
            {
              type: "batch",
              commands: [
                { type: "set_notes", notes: "!" },
                { type: "rename", id: node.id, name: other.name },
              ],
            },
          ],
          c,
        ) ?? null
      );
  }
}

function assertSound(state: DesignDocument): void {
  const { nodes, edges, groups } = state.graph;
  expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
  expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
  expect(new Set(edges.map((edge) => edge.id)).size).toBe(edges.length);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const edge of edges) {
    const names = (id: string, side: "inputs" | "outputs") =>
      layerDefinition(byId.get(id)?.type ?? "")?.ports[side].map((port) => port.name);
    expect(names(edge.source, "outputs")).toContain(edge.source_port);
    expect(names(edge.target, "inputs")).toContain(edge.target_port);
  }
  for (const node of nodes) if (node.shared_with !== null) expect(byId.has(node.shared_with)).toBe(true);
  for (const group of groups) for (const id of group.node_ids) expect(byId.has(id)).toBe(true);
}

describe("random acts", () => {
  test("never break a design, and undo takes all of them back to the byte", () => {
    let done = 0;
    let refused = 0;
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
              state = back;
            } else if (one === "redo") state = redo(state);
            else {
              try {
                const command = commandOf(state.design, one, newId);
                if (command === null) continue;
                state = act(state, command, one.merge ? { merge: "burst" } : {});
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
      { numRuns: 300, seed: 20_261_121 },
    );
    // The acts are what the test is about: most must have been done, and some refused.
    expect(done).toBeGreaterThan(3000);
    expect(refused).toBeGreaterThan(200);
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
