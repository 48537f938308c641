import { describe, expect, it } from "vitest";
import type { Run, RunGroup } from "../../core/protocol/methods.ts";
import { listRows } from "./group-rows.ts";

const run = (id: string, group: string | null): Run => ({ id, group_id: group }) as Run;
const group = (id: string): RunGroup => ({ id }) as RunGroup;
const told = (...args: Parameters<typeof listRows>): string[] =>
  listRows(...args).map((row) => (row.kind === "run" ? `${row.inGroup ? " " : ""}${row.run.id}` : `[${row.group.id} ${row.runs.length}]`));

describe("the run list with groups", () => {
  const runs = [run("a", null), run("m1", "g"), run("b", null), run("m2", "g"), run("n1", "h")];
  it("shows a group once, where its first member stands, and its members under it when it is open", () => {
    expect(told(runs, [group("g"), group("h")], new Set())).toEqual(["a", "[g 2]", "b", "[h 1]"]);
    expect(told(runs, [group("g"), group("h")], new Set(["g"]))).toEqual(["a", "[g 2]", " m1", " m2", "b", "[h 1]"]);
  });
  it("shows members as plain runs while their group is not known", () => {
    expect(told(runs, [group("h")], new Set())).toEqual(["a", "m1", "b", "m2", "[h 1]"]);
  });
});
