import { beforeEach, expect, test, vi } from "vitest";
import { applyCommand } from "../../core/graph/commands.ts";
import { changeGroupCommand, groupCommand } from "../../core/graph/groups.ts";
import { design, ids } from "../../test/graph/designs.ts";
import { select, useDocument } from "../state/document.ts";
import { choiceOf, chosenEdge } from "./chosen.ts";
import { chooseProposed, onEdgesChange } from "./use-flow-changes.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const fork = design("in > a > b > out, in > b", { in: ["input", { shape: [4] }], a: ["dense"], b: ["add"], out: ["output"] });
const open = applyCommand(fork, groupCommand(fork, ["a", "b"], "Middle", ids("g"))).design;
const closed = applyCommand(open, changeGroupCommand(open, "g1", { collapsed: true })).design;
const chosen = (): string[] => [...useDocument.getState().selection].sort();
const choice = (id: string, selected: boolean) => ({ type: "select" as const, id, selected });

beforeEach(() => useDocument.setState({ design: open }));

test("a click on the frame of an open group chooses all of its layers, whichever of them was chosen", () => {
  select(["b", "out"]);
  // React Flow has groups before layers.
  const click = [choice("group:g1", true), choice("b", false), choice("out", false)];
  chooseProposed(click, choiceOf);
  expect(chosen()).toEqual(["a", "b"]);
  chooseProposed([choice("group:g1", true), choice("a", false), choice("b", false)], choiceOf);
  expect(chosen()).toEqual(["a", "b"]);
  chooseProposed([choice("group:g1", false), choice("out", true)], choiceOf);
  expect(chosen()).toEqual(["out"]);
});

test("a click on connections that are drawn as one chooses all of them, when one of them was chosen", () => {
  useDocument.setState({ design: closed });
  const [first, second] = closed.graph.edges.filter(({ source }) => source === "in").map(({ id }) => id);
  if (first === undefined || second === undefined) throw new Error("there are not two");
  select([second]);
  onEdgesChange([choice(first, true), choice(second, false)]);
  expect(chosen()).toEqual([first, second].sort());
  expect(chosenEdge(), "and both are the one that a layer goes into").toBe(first);
  select([first, second, "out"]);
  expect(chosenEdge()).toBeNull();
});
