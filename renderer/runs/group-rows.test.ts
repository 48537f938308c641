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
  it("puts a group where the mean of its members does, members in their own order, and what has no figure last", () => {
    const scored = (id: string, own: string | null, value: number | null, seconds = 1): Run =>
      ({
        id,
        group_id: own,
        status: "done",
        has_model: true,
        seconds,
        created_at: 0,
        metrics: value === null ? {} : { loss: value },
      }) as unknown as Run;
    const sorted = [
      scored("m1", "g", 0.1),
      scored("a", null, 0.2),
      scored("b", null, 0.4),
      scored("m2", "g", 0.5),
      scored("c", null, null),
    ];
    const by = (name: string, descending = false) => ({ column: { kind: "figure" as const, name }, descending });
    // Its first member is the best of all, its mean (0.3) is not.
    expect(told(sorted, [group("g")], new Set(["g"]), by("loss"))).toEqual(["a", "[g 2]", " m1", " m2", "b", "c"]);
    expect(told([...sorted].reverse(), [group("g")], new Set(), by("loss", true))).toEqual(["b", "[g 2]", "a", "c"]);
    const time = { column: { kind: "plain" as const, name: "seconds" as const }, descending: true };
    expect(told([scored("slow", null, 1, 9), scored("m1", "g", 1, 6), scored("m2", "g", 1, 6)], [group("g")], new Set(), time)).toEqual([
      "[g 2]",
      "slow",
    ]);
  });
  it("shows members as plain runs while their group is not known", () => {
    expect(told(runs, [group("h")], new Set())).toEqual(["a", "m1", "b", "m2", "[h 1]"]);
  });
});
