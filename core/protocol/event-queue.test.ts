/** What is kept, superseded, merged and given up of events that wait for a slow client. */
import { describe, expect, it } from "vitest";
import { EventQueue, MAX_WAITING_POINTS, WINDOW_EVENTS } from "./event-queue.ts";
import type { EventPayload } from "./methods.ts";

interface Sent {
  readonly event: string;
  readonly payload: unknown;
}

/** A queue whose window is full: what is pushed now waits. */
function fullQueue(): { queue: EventQueue; sent: Sent[] } {
  const sent: Sent[] = [];
  const queue = new EventQueue((event, payload) => sent.push({ event, payload }));
  for (let index = 0; index < WINDOW_EVENTS; index += 1) queue.push("projects.changed", {});
  sent.length = 0;
  return { queue, sent };
}

function points(sequence: number): EventPayload<"run.points"> {
  return { run_id: "run-1", sequence, points: [] };
}

function progress(import_id: string, rows: number): EventPayload<"import.progress"> {
  return { import_id, rows, bytes: 0, total_bytes: 0, stage: "reading" };
}

describe("EventQueue", () => {
  it("sends at once while the client keeps up", () => {
    const sent: Sent[] = [];
    const queue = new EventQueue((event, payload) => sent.push({ event, payload }));
    for (let sequence = 1; sequence <= 10 * WINDOW_EVENTS; sequence += 1) {
      queue.push("run.points", points(sequence));
      queue.acknowledge(1);
    }
    expect(sent).toHaveLength(10 * WINDOW_EVENTS);
    expect(queue.waitingCount).toBe(0);
  });

  it("keeps the newest of what supersedes itself, each import and project list for itself, in the order of the newest", () => {
    const { queue, sent } = fullQueue();
    queue.push("import.progress", progress("a", 1));
    queue.push("import.progress", progress("b", 1));
    queue.push("projects.changed", {});
    queue.push("import.progress", progress("a", 2));
    queue.push("projects.changed", {});
    queue.acknowledge(WINDOW_EVENTS);
    expect(sent.map(({ payload }) => payload)).toEqual([progress("b", 1), progress("a", 2), {}]);
  });

  it("loses no deletion: those that wait become one", () => {
    const { queue, sent } = fullQueue();
    queue.push("run.deleted", { ids: ["a", "b"] });
    queue.push("run.deleted", { ids: ["b", "c"] });
    queue.acknowledge(WINDOW_EVENTS);
    expect(sent).toEqual([{ event: "run.deleted", payload: { ids: ["a", "b", "c"] } }]);
  });

  it("gives up the oldest points beyond the limit and nothing of the rest", () => {
    const { queue, sent } = fullQueue();
    queue.push("run.deleted", { ids: ["a"] });
    for (let sequence = 1; sequence <= MAX_WAITING_POINTS + 5; sequence += 1) queue.push("run.points", points(sequence));
    expect(queue.waitingCount).toBe(MAX_WAITING_POINTS + 1);
    for (let batch = 0; batch <= MAX_WAITING_POINTS / WINDOW_EVENTS + 1; batch += 1) queue.acknowledge(WINDOW_EVENTS);
    expect(sent[0]).toEqual({ event: "run.deleted", payload: { ids: ["a"] } });
    expect(sent.slice(1).map(({ payload }) => (payload as EventPayload<"run.points">).sequence)).toEqual(
      Array.from({ length: MAX_WAITING_POINTS }, (_, index) => index + 6),
    );
  });

  it("sends no more than the client has made room for", () => {
    const { queue, sent } = fullQueue();
    for (let sequence = 1; sequence <= 10; sequence += 1) queue.push("run.points", points(sequence));
    queue.acknowledge(3);
    expect(sent).toHaveLength(3);
    queue.acknowledge(100 * WINDOW_EVENTS);
    expect(sent).toHaveLength(10);
  });

  it("lets nothing overtake what waits already", () => {
    const { queue, sent } = fullQueue();
    queue.push("run.points", points(1));
    queue.push("run.points", points(2));
    queue.acknowledge(1);
    queue.push("run.points", points(3));
    queue.acknowledge(WINDOW_EVENTS);
    expect(sent.map(({ payload }) => (payload as EventPayload<"run.points">).sequence)).toEqual([1, 2, 3]);
  });
});
