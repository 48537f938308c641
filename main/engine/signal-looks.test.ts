import { describe, expect, test } from "vitest";
import type { Network } from "../../core/train/network.ts";
import type { SignalProbe } from "../../core/train/signal-probe.ts";
import { SignalLooks } from "./signal-looks.ts";

const network = {} as Network;
const at = { step: 1, epoch: 1 };

/** Looks that take so long, by a clock that only they move. */
function looksOf(lookMs: number) {
  const seen = { now: 1000, made: 0, sent: 0 };
  const probe = {
    look: () => {
      seen.now += lookMs;
      return {};
    },
  } as unknown as SignalProbe;
  const looks = new SignalLooks({ nowMs: () => seen.now, post: () => (seen.sent += 1) }, () => {
    seen.made += 1;
    return probe;
  });
  return { looks, seen };
}

describe("looks at the signals of a run", () => {
  test("make no probe before the first, and one for all", () => {
    const { looks, seen } = looksOf(1);
    expect(looks.isDue(seen.now, 0)).toBe(true);
    expect(seen.made).toBe(0);
    looks.send(network, at);
    looks.send(network, at);
    expect(seen).toMatchObject({ made: 1, sent: 2 });
  });

  test("come four times a second at most, and of every step where a run is led slowly", () => {
    const { looks, seen } = looksOf(1);
    looks.send(network, at);
    expect([looks.isDue(seen.now + 249, 0), looks.isDue(seen.now + 250, 0), looks.isDue(seen.now + 1, 250)]).toEqual([false, true, true]);
  });

  test("take a twenty-fifth of the time at most, however long one is", () => {
    const { looks, seen } = looksOf(100);
    looks.send(network, at);
    expect([looks.isDue(seen.now + 2499, 0), looks.isDue(seen.now + 2500, 0)]).toEqual([false, true]);
  });
});
