/** What becomes of a run whose words cannot be stored: it waits for what passes, and ends for what does not. */
import { describe, expect, it, vi } from "vitest";
import { AppError } from "../../../core/errors.ts";
import type { Run } from "../../../core/protocol/methods.ts";
import type { FromTrainer, TrainingJob } from "../../engine/messages.ts";
import type { TrainerListener } from "../../engine/worker-handle.ts";
import type { Store } from "../../store/store.ts";
import { HostEvents } from "../events.ts";
import { ActiveRun } from "./active-run.ts";

const point = { name: "loss", step: 1, epoch: 1, seconds: 1, value: 1 };
const stopped: FromTrainer = {
  kind: "ended",
  how: "stopped",
  model: null,
  sampledSteps: [],
  heldOut: null,
  evaluation: null,
  metrics: {},
  epochs: 1,
  bestEpoch: null,
  seconds: 1,
};

/** A run in a library that refuses what is asked of it while `refuses` says why. */
function training() {
  const library = {
    refuses: null as AppError | null,
    refusesRows: true,
    row: { id: "run", name: "run", status: "queued", error: null } as Run,
  };
  const told: Run[] = [];
  const later: (() => void)[] = [];
  const events = new HostEvents((error) => expect.unreachable(String(error)));
  events.listen((event, payload) => {
    if (event === "run.changed" && "run" in payload) told.push(payload.run);
  });
  const written = <T>(value: () => T): T => {
    if (library.refuses !== null) throw library.refuses;
    return value();
  };
  const store: Partial<Store> = {
    getRun: () => library.row,
    updateRun: (_, patch) => {
      if (library.refusesRows) written(() => undefined);
      library.row = { ...library.row, ...patch };
      return library.row;
    },
    appendPoints: () => written(() => undefined),
    heartbeat: () => written(() => undefined),
  };
  let listener: TrainerListener | undefined;
  const posted: string[] = [];
  const end = vi.fn(async () => listener?.exit("exit code 1"));
  const ended = vi.fn();
  const run = new ActiveRun({ runId: "run" } as TrainingJob, {
    store: store as Store,
    events,
    now: () => 1,
    start: (_, to) => {
      listener = to;
      return { post: ({ kind }) => void posted.push(kind), end };
    },
    ended,
    later: (act) => later.push(act),
    keepLast: () => 1,
    paused: () => undefined,
  });
  const say = (message: FromTrainer): void => listener?.message(message);
  const progress = (): void => {
    const at = { epoch: 1, step: 1, seconds: 1, samplesPerSecond: null, remainingSeconds: null, learningRate: 1, bestEpoch: null };
    say({ kind: "progress", progress: { ...at, metrics: {} }, points: [point] });
  };
  return {
    library,
    told,
    posted,
    run,
    end,
    ended,
    say,
    progress,
    exit: () => listener?.exit(null),
    again: () => later.splice(0).forEach((act) => void act()),
  };
}

const full = new AppError("store.disk_full", { path: "", detail: "" });

describe("a run on a full disk", () => {
  it("waits, and goes on when there is room", async () => {
    const one = training();
    one.library.refuses = full;
    one.progress();
    expect(one.told.at(-1)).toMatchObject({ status: "paused", error: { code: "store.disk_full" } });
    one.again();
    expect(one.posted).toEqual(["pause"]);
    one.library.refuses = null;
    one.again();
    await vi.waitFor(() => expect(one.posted).toEqual(["pause", "resume"]));
    expect(one.end).not.toHaveBeenCalled();
  });

  it.each([
    ["its worker still there", false],
    ["its worker gone", true],
  ])("is left with its last checkpoint when the host closes, %s", async (_, isGone) => {
    const one = training();
    one.library.refuses = full;
    one.progress();
    if (isGone) {
      one.say(stopped);
      one.exit();
    }
    one.run.leave();
    one.again();
    await one.run.whenFinished();
    expect(one.end).toHaveBeenCalledTimes(isGone ? 0 : 1);
    expect(one.ended).toHaveBeenCalledTimes(1);
    // Its row could not be written: who starts next finds that nobody trains it.
    expect([one.library.row.status, one.told.at(-1)?.status]).toEqual(["preparing", "interrupted"]);
  });

  it("is interrupted in its row too where that can be written", async () => {
    const one = training();
    one.library.refusesRows = false;
    one.library.refuses = full;
    one.run.leave();
    one.progress();
    await one.run.whenFinished();
    expect(one.library.row).toMatchObject({ status: "interrupted", ended_at: 1, error: null });
  });
});

describe("a run whose words can never be stored", () => {
  it.each([
    ["store.corrupt", true],
    ["store.read_only", true],
    ["store.constraint", false],
  ])("fails at once for %s", async (code, refusesRows) => {
    const one = training();
    one.library.refusesRows = refusesRows;
    one.library.refuses = new AppError(code, { path: "", detail: "" });
    one.progress();
    one.progress();
    await one.run.whenFinished();
    expect(one.end).toHaveBeenCalledTimes(1);
    expect(one.ended).toHaveBeenCalledTimes(1);
    expect(one.posted).toEqual([]);
    expect(one.told.at(-1)).toMatchObject({ status: "failed", error: { code } });
    expect(one.library.row.status).toBe(refusesRows ? "preparing" : "failed");
  });

  it("ends without a word where it was deleted meanwhile", async () => {
    const one = training();
    one.library.refuses = new AppError("run.not_found", { id: "run" });
    one.progress();
    await one.run.whenFinished();
    expect(one.end).toHaveBeenCalledTimes(1);
    expect(one.told.map(({ status }) => status)).toEqual(["preparing"]);
  });
});
