import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { data, design, ids } from "../../test/graph/designs.ts";
import { addAnnotationCommand } from "./annotations.ts";
import type { Command } from "./command.ts";
import { act, type HistoryState, redo, startHistory, undo } from "./history.ts";
import { JOURNAL_ACTS, JOURNAL_CHARACTERS, type Journal, readJournal, writeJournal } from "./journal.ts";
import { readDesign, writeDesign } from "./migrate.ts";

const origin = design("in > fc > out", { in: ["input", { shape: [4] }], fc: ["dense"], out: ["output", { target_input: "in" }] });

/** One command of every type, to be done one after the other. */
const EVERY: readonly Command[] = [
  { type: "add_nodes", nodes: [{ ...(origin.graph.nodes[1] as (typeof origin.graph.nodes)[0]), id: "n", name: "n" }], edges: [] },
  { type: "connect", edge: { id: "e9", source: "in", source_port: "output", target: "n", target_port: "input" }, index: 0 },
  { type: "move", positions: { fc: { x: 4, y: 5 } } },
  { type: "rename", id: "fc", name: "hidden" },
  { type: "set_config", id: "fc", config: { units: 9 } },
  { type: "set_bypassed", ids: ["fc"], bypassed: true },
  { type: "set_frozen", frozen: { fc: true } },
  { type: "set_vectors", id: "fc", vectors: { hash: "0".repeat(64), name: "glove.txt", width: 50, words: 7 } },
  { type: "set_shared", owners: { n: "fc" } },
  { type: "set_groups", groups: [{ id: "g", name: "g", node_ids: ["fc"], collapsed: false }] },
  addAnnotationCommand(origin, { kind: "note", text: "hm", colour: "blue", position: { x: 1, y: 2 }, width: 90, height: 60 }, ids("a")),
  { type: "change_annotations", changes: { a1: { text: "hm, hm", position: { x: 7, y: 2 } } } },
  { type: "set_training", patch: { epochs: 3 } },
  { type: "set_data", data: data(4, 3) },
  { type: "set_notes", notes: "why" },
  { type: "set_name", name: "renamed" },
  { type: "remove", node_ids: ["fc"], edge_ids: [] },
  { type: "replace", design: { ...origin, notes: "another" } },
  {
    type: "batch",
    commands: [
      { type: "set_notes", notes: "both" },
      { type: "batch", commands: [] },
    ],
  },
];

function journalOf(commands: readonly Command[], takenBack = 0): Journal {
  let history: HistoryState = startHistory(origin);
  for (const command of commands) history = act(history, command);
  for (let count = 0; count < takenBack; count += 1) history = undo(history);
  const labels = commands.map((command, index) => ({ label: `${index} ${command.type}`, datasetBefore: null, datasetAfter: "d" }));
  return { labels, history };
}

/** As the project is opened again: the design from its stored text. */
const reopened = ({ history }: Journal) => readDesign(writeDesign(history.design));

describe("the undo history as a text", () => {
  test("keeps what acts are called as keys with values, and texts of journals written before as they are", () => {
    const plain = journalOf([
      { type: "set_notes", notes: "why" },
      { type: "set_name", name: "another" },
    ]);
    const named = { key: "act.add", params: { name: { key: "layer:dense" }, count: 2 } };
    const labels = [
      { label: "Notes", datasetBefore: null, datasetAfter: null },
      { label: named, datasetBefore: null, datasetAfter: null },
    ];
    const read = readJournal(writeJournal({ ...plain, labels }), reopened(plain));
    expect(read?.labels).toEqual(labels);
    const long = { ...plain, labels: labels.map((one) => ({ ...one, label: { key: "act.bypass", params: { name: "n".repeat(9000) } } })) };
    expect(readJournal(writeJournal(long), reopened(plain))?.labels[0]?.label).toEqual({
      key: "act.bypass",
      params: { name: "n".repeat(2000) },
    });
  });

  test("comes back with commands of every type, and leads through the same designs both ways", () => {
    const journal = journalOf(EVERY, 5);
    const stored = reopened(journal);
    const read = readJournal(writeJournal(journal), stored);
    expect(read?.labels).toEqual(journal.labels);
    if (read === null) throw new Error("not read");
    expect(read.history.design).toBe(stored);
    let [mine, theirs] = [journal.history, read.history];
    while (mine.future.length > 0) {
      [mine, theirs] = [redo(mine), redo(theirs)];
      expect(writeDesign(theirs.design)).toBe(writeDesign(mine.design));
    }
    while (mine.past.length > 0) {
      [mine, theirs] = [undo(mine), undo(theirs)];
      expect(writeDesign(theirs.design)).toBe(writeDesign(mine.design));
    }
    expect(theirs.past).toHaveLength(0);
    expect(writeDesign(theirs.design)).toBe(writeDesign(origin));
  });

  test("keeps the newest acts where there are more than it may hold, by number and by length", () => {
    const many = journalOf(Array.from({ length: JOURNAL_ACTS + 40 }, (_, index) => ({ type: "set_notes", notes: `${index}` }) as const));
    const read = readJournal(writeJournal(many), reopened(many));
    expect(read?.labels).toHaveLength(JOURNAL_ACTS);
    expect(read?.labels.at(-1)?.label).toBe(many.labels.at(-1)?.label);
    const long = journalOf(
      Array.from({ length: 30 }, (_, index) => ({ type: "set_notes", notes: `${index}`.padEnd(100_000, "x") }) as const),
    );
    const text = writeJournal(long);
    expect(text.length).toBeLessThan(JOURNAL_CHARACTERS + 1000);
    expect(readJournal(text, reopened(long))?.labels.at(-1)?.label).toBe("29 set_notes");
  });

  test("keeps the last act where it alone is longer: thousands of layers that were deleted come back on the next day", () => {
    const [fc] = origin.graph.nodes.filter(({ id }) => id === "fc");
    if (fc === undefined) throw new Error("no layer");
    const nodes = Array.from({ length: 5000 }, (_, index) => ({ ...fc, id: `n${index}`, name: `n${index}` }));
    const deleted = journalOf([
      { type: "add_nodes", nodes, edges: [] },
      { type: "remove", node_ids: nodes.map(({ id }) => id), edge_ids: [] },
    ]);
    const read = readJournal(writeJournal(deleted), reopened(deleted));
    if (read === null) throw new Error("not read");
    expect(undo(read.history).design.graph.nodes).toHaveLength(5003);
  });

  test("of another design, another version or another thing is none", () => {
    const journal = journalOf(EVERY.slice(0, 5));
    const text = writeJournal(journal);
    const other = design("a > b", { a: ["input", { shape: [2] }], b: ["dense"] });
    expect(readJournal(text, other)).toBeNull();
    expect(readJournal(text.replace('"format_version":1', '"format_version":2'), reopened(journal))).toBeNull();
    expect(readJournal(text.replace('"done":5', '"done":6'), reopened(journal))).toBeNull();
    for (const nothing of ["", "null", "[]", "{}", text.slice(0, -3), "x".repeat(10)])
      expect(readJournal(nothing, reopened(journal))).toBeNull();
  });

  test("changed anywhere it is none, or one that can be walked from end to end over designs that can be saved", () => {
    const journal = journalOf(EVERY, 3);
    const text = writeJournal(journal);
    const stored = reopened(journal);
    const bytes = JSON.stringify(stored);
    let dropped = 0;
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.string({ minLength: 0, maxLength: 2 }), (at, put) => {
        const read = readJournal(text.slice(0, at) + put + text.slice(at + 1), stored);
        expect(JSON.stringify(stored)).toBe(bytes);
        if (read === null) {
          dropped += 1;
          return;
        }
        let state = read.history;
        while (state.past.length > 0) state = undo(state);
        readDesign(writeDesign(state.design));
      }),
      { numRuns: 300, seed: 20_261_124 },
    );
    expect(dropped).toBeGreaterThan(100);
  });
});
