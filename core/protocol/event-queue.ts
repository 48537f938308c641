/**
 * Events on their way to one client, bounded: at most a window of them is unacknowledged, the rest wait here, and what
 * waits is thinned out by a rule per event. The acknowledgements come from the page itself, so that a busy page counts as
 * slow, not only a full socket, and the same holds over every transport.
 */
import type { EventName, EventPayload } from "./methods.ts";

/** Events sent and not yet acknowledged. A page that keeps up never sees this limit. */
export const WINDOW_EVENTS = 64;
/** `run.points` that wait beyond the window: at 10 a second about 25 s of one run. */
export const MAX_WAITING_POINTS = 256;

/**
 * What may be done to an event that waits: `newest` replaces the waiting one with the same key; `merge` joins the two;
 * `drop_oldest` gives up the oldest when too many wait, which the client sees as a gap in `sequence`.
 */
type WaitingRule<E extends EventName> =
  | { readonly kind: "newest"; readonly key: (payload: EventPayload<E>) => string }
  | { readonly kind: "merge"; readonly merge: (older: EventPayload<E>, newer: EventPayload<E>) => EventPayload<E> }
  | { readonly kind: "drop_oldest" };

const RULES: { readonly [E in EventName]: WaitingRule<E> } = {
  "app.setting_changed": { kind: "newest", key: (payload) => payload.key },
  "import.progress": { kind: "newest", key: (payload) => payload.import_id },
  "run.changed": { kind: "newest", key: (payload) => payload.run.id },
  "run.points": { kind: "drop_oldest" },
  "run.signals": { kind: "newest", key: (payload) => payload.run_id },
  "run.snapshot": { kind: "newest", key: (payload) => payload.run_id },
  "run.deleted": { kind: "merge", merge: (older, newer) => ({ ids: [...new Set([...older.ids, ...newer.ids])] }) },
  "group.changed": { kind: "newest", key: (payload) => payload.group.id },
  "group.not_combined": { kind: "newest", key: (payload) => payload.group.id },
  "group.deleted": { kind: "merge", merge: (older, newer) => ({ ids: [...new Set([...older.ids, ...newer.ids])] }) },
  "range_test.progress": { kind: "newest", key: (payload) => payload.test_id },
  "importance.progress": { kind: "newest", key: (payload) => payload.task_id },
  "evaluation.progress": { kind: "newest", key: (payload) => payload.task_id },
  "inside.progress": { kind: "newest", key: (payload) => payload.task_id },
  "vectors.progress": { kind: "newest", key: (payload) => payload.read_id },
  "library.progress": { kind: "newest", key: (payload) => payload.task_id },
  "projects.changed": { kind: "newest", key: () => "" },
  "projects.file_progress": { kind: "newest", key: (payload) => payload.task_id },
  "projects.file_waiting": { kind: "newest", key: () => "" },
};

interface Waiting {
  readonly event: EventName;
  readonly payload: unknown;
}

export class EventQueue {
  /** In order of sending; a Map, so that a superseded event is taken out by its key. */
  private readonly waiting = new Map<string, Waiting>();
  private readonly transmit: (event: EventName, payload: unknown) => void;
  private unacknowledged = 0;
  private waitingPoints = 0;
  private count = 0;

  constructor(transmit: (event: EventName, payload: unknown) => void) {
    this.transmit = transmit;
  }

  get waitingCount(): number {
    return this.waiting.size;
  }

  push<E extends EventName>(event: E, payload: EventPayload<E>): void {
    if (this.waiting.size === 0 && this.unacknowledged < WINDOW_EVENTS) {
      this.transmitNow(event, payload);
      return;
    }
    const rule: WaitingRule<E> = RULES[event];
    if (rule.kind === "drop_oldest") {
      if (this.waitingPoints === MAX_WAITING_POINTS) this.dropOldest(event);
      this.waitingPoints += 1;
      this.count += 1;
      this.waiting.set(`${event} #${this.count}`, { event, payload });
      return;
    }
    const key = rule.kind === "newest" ? `${event} ${rule.key(payload)}` : event;
    const older = this.waiting.get(key);
    // Taken out and put in again at the end: it must not overtake events that came between the two.
    this.waiting.delete(key);
    const joined = rule.kind === "merge" && older !== undefined ? rule.merge(older.payload as EventPayload<E>, payload) : payload;
    this.waiting.set(key, { event, payload: joined });
  }

  /** The client has handled so many more events. A client that acknowledges more than it got gains nothing. */
  acknowledge(events: number): void {
    this.unacknowledged = Math.max(0, this.unacknowledged - events);
    for (const [key, { event, payload }] of this.waiting) {
      if (this.unacknowledged >= WINDOW_EVENTS) return;
      this.waiting.delete(key);
      if (RULES[event].kind === "drop_oldest") this.waitingPoints -= 1;
      this.transmitNow(event, payload);
    }
  }

  private transmitNow(event: EventName, payload: unknown): void {
    this.unacknowledged += 1;
    this.transmit(event, payload);
  }

  private dropOldest(event: EventName): void {
    for (const [key, waiting] of this.waiting) {
      if (waiting.event !== event) continue;
      this.waiting.delete(key);
      this.waitingPoints -= 1;
      return;
    }
  }
}
