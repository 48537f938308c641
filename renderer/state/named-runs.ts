/** Runs as they come from the host, named for the reader: baselines are called what they are in the language of the page. */
import { namedIn } from "../../core/baselines/name-in.ts";
import type { HostClient } from "../../core/protocol/host.ts";

type Language = "en" | "zh";

const listeners = new Set<(language: Language) => void>();

/** For what keeps runs: it names them anew. @returns a function that ends it */
export function onReaderChange(listener: (language: Language) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The page is in another language now. */
export function tellReaderChange(language: Language): void {
  for (const listener of listeners) listener(language);
}

/** The same host. @param language asked each time something comes */
export function withNamedRuns(client: HostClient, language: () => Language): HostClient {
  return {
    call: async (method, input) => namedForReader(await client.call(method, input), language()),
    on: (event, listener) => client.on(event, (payload) => listener(namedForReader(payload, language()))),
    onClosed: (listener) => client.onClosed(listener),
    close: () => client.close(),
  };
}

/** Fields of answers and events that hold runs. */
const HOLD_RUNS = ["run", "runs", "interrupted", "going"] as const;

/** An answer or an event with its runs named. */
export function namedForReader<T extends object>(told: T, language: Language): T {
  const changed: Record<string, unknown> = {};
  for (const field of HOLD_RUNS) {
    if (!Object.hasOwn(told, field)) continue;
    const held: unknown = told[field as keyof T];
    const named = Array.isArray(held) ? held.map((one: unknown) => namedOf(one, language)) : namedOf(held, language);
    const isSame = Array.isArray(held) && Array.isArray(named) ? held.every((one, place) => one === named[place]) : named === held;
    if (!isSame) changed[field] = named;
  }
  return Object.keys(changed).length === 0 ? told : { ...told, ...changed };
}

const namedOf = (one: unknown, language: Language): unknown => (isRun(one) ? namedIn(one, language) : one);

function isRun(one: unknown): one is { readonly backend: string | null; readonly name: string } {
  return typeof one === "object" && one !== null && "backend" in one && "name" in one && typeof one.name === "string";
}
