import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examine } from "../../core/checks/examine.ts";
import { AppError } from "../../core/errors.ts";
import { addAnnotationCommand } from "../../core/graph/annotations.ts";
import { copySelection, pasteSelection } from "../../core/graph/clipboard.ts";
import type { Command } from "../../core/graph/command.ts";
import { applyCommand } from "../../core/graph/commands.ts";
import { act, type HistoryState, redo, startHistory, undo } from "../../core/graph/history.ts";
import { readDesign, writeDesign } from "../../core/graph/migrate.ts";
import { sizeOf } from "../../core/ir/tensor.ts";
import { parametersOf } from "../../core/spec/build.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { design, ids } from "./designs.ts";
import { ACTS, type ActName } from "./random-acts.ts";
import { commandOf, step, stepOf } from "./random-steps.ts";
import { assertBoxesWhole, assertNoEdgeLost, assertSound, assertStillSharing } from "./soundness.ts";

/** Every type of command there is; a new one is asked for by the compiler. */
const COMMANDS = {
  add_nodes: true,
  batch: true,
  change_annotations: true,
  connect: true,
  move: true,
  remove: true,
  rename: true,
  replace: true,
  set_annotations: true,
  set_bypassed: true,
  set_config: true,
  set_data: true,
  set_direction: true,
  set_frozen: true,
  set_groups: true,
  set_name: true,
  set_notes: true,
  set_shared: true,
  set_training: true,
  set_vectors: true,
} satisfies Record<Command["type"], true>;

/** Exported functions of a folder that give a command, by their source. */
function makersIn(folder: string): readonly string[] {
  const root = join(import.meta.dirname, "../..", folder);
  const sources = readdirSync(root).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  return sources.flatMap((name) => {
    const text = readFileSync(join(root, name), "utf8");
    const found = [...text.matchAll(/^export function (\w+)\([\s\S]*?\): ([^\n]*) \{$/gm)];
    return found.flatMap(([, maker = "", gives = ""]) => (/^(Command|Repeated|InsertedBlock)\b/.test(gives) ? [maker] : []));
  });
}

test("among the acts are all makers of commands that core has", () => {
  const tried = Object.values(ACTS).flatMap(({ by = [] }) => by.map(({ name }) => name));
  const there = [...makersIn("core/graph"), ...makersIn("core/blocks")];
  expect(there.length).toBeGreaterThan(15);
  expect([...tried].sort()).toEqual([...there].sort());
});

const NOTE = { kind: "note", text: "n4", colour: "blue", position: { x: 4, y: 30 }, width: 5, height: 30 } as const;

describe("random acts", () => {
  test("never break a design, and undo takes all of them back to the byte", () => {
    let done = 0;
    let refused = 0;
    let undone = 0;
    const kinds = new Set<Command["type"]>();
    const often = new Map<ActName, number>();
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
                assertNoEdgeLost(earlier, state.design, command, one);
                assertStillSharing(earlier, state.design, command, one);
                assertBoxesWhole(earlier, state.design, one);
                kinds.add(command.type);
                often.set(one.kind, (often.get(one.kind) ?? 0) + 1);
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
      { numRuns: 600, seed: 20_261_121 },
    );
    // The acts are what the test is about: ten thousand done, each of them often, with undo and redo among them, and some refused.
    expect(done).toBeGreaterThan(10_000);
    expect(undone).toBeGreaterThan(1500);
    expect(refused).toBeGreaterThan(1000);
    expect([...kinds].sort()).toEqual(Object.keys(COMMANDS).sort());
    const rare = Object.keys(ACTS).filter((name) => (often.get(name as ActName) ?? 0) < 20);
    expect(rare).toEqual([]);
  });

  test("of what is pasted: cut off, changed anywhere or made up, it is refused or leaves a sound design", () => {
    const origin = design("in > fc > out", { in: ["input", { shape: [4] }], fc: ["dense"], out: ["output", { target_input: "in" }] });
    const noted = applyCommand(origin, addAnnotationCommand(origin, NOTE, ids("a"))).design;
    const text = copySelection(noted, ["in", "fc", "out"], ["a1"]);
    // Layers that have their weights from one another; connections to oneself and twice; groups of nobody, or that share layers.
    const [first, middle, last] = noted.graph.nodes;
    const circular = [first, { ...middle, shared_with: "out" }, { ...last, shared_with: "fc" }];
    const member = fc.constantFrom("in", "fc", "out", "gone");
    const connection = fc.record({
      id: fc.constantFrom("e1", "e2", "e3"),
      source: fc.constantFrom("in", "fc"),
      source_port: fc.constant("output"),
      target: fc.constantFrom("fc", "out"),
      target_port: fc.constant("input"),
    });
    const group = fc.record({
      id: fc.constant("g"),
      name: fc.constant("g"),
      node_ids: fc.array(member, { maxLength: 3 }),
      collapsed: fc.boolean(),
    });
    const whole = fc.record({
      format: fc.constantFrom("neuroloom-selection", "other"),
      format_version: fc.constantFrom(1, 1, 1, 2, "1"),
      nodes: fc.oneof(fc.constant(noted.graph.nodes), fc.constant(circular), fc.json(), fc.array(fc.object())),
      edges: fc.oneof(fc.constant(noted.graph.edges), fc.array(connection, { maxLength: 4 }), fc.array(fc.object())),
      groups: fc.oneof(fc.array(group, { maxLength: 3 }), fc.array(fc.object())),
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
    const gentle = stepOf(["connect", "remove", "set_config", "bypass", "paste", "insert_new", "rewire", "reorder", "repeat", "own_block"]);
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
