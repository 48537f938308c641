/** Plans of several runs, as the contract reads them. */
import { describe, expect, it } from "vitest";
import { memberCount } from "../../core/sweeps/members.ts";
import { planSchema } from "../../core/sweeps/plan.ts";
import { MOST_MEMBERS, type SeveralKind, severalPlan } from "./several-plan.ts";

describe("folds, seeds and bags of a number of one's own", () => {
  for (const kind of Object.keys(MOST_MEMBERS) as SeveralKind[])
    it(`are ${kind} from 2 up to the most that may be asked for, and no more`, () => {
      for (const count of [2, 7, MOST_MEMBERS[kind]]) expect(memberCount(planSchema.parse(severalPlan(kind, count)))).toBe(count);
      expect(planSchema.safeParse(severalPlan(kind, MOST_MEMBERS[kind] + 1)).success).toBe(false);
      expect(planSchema.safeParse(severalPlan(kind, 1)).success).toBe(false);
    });

  it("of bags carry the rule by which they answer together", () => {
    expect(severalPlan("ensemble", 3, "vote")).toMatchObject({ rule: "vote" });
  });
});
