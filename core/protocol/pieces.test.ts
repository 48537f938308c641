import { expect, test } from "vitest";
import { ProtocolClient } from "./client.ts";
import { encode, type HostEnvelope } from "./envelope.ts";
import { memoryChannelPair } from "./memory.ts";
import { methods } from "./methods.ts";
import { inPieces, PIECE_CHARACTERS } from "./pieces.ts";

const column = (place: number) => ({
  name: `column_${place}`,
  type: "numeric",
  remarks: [],
  missing: place,
  distinct: 7,
  mean: null,
  deviation: null,
  min: null,
  max: null,
  quantiles: null,
  histogram: Array.from({ length: 20 }, (_, bin) => ({ label: `bin ${bin}`, from: bin, to: bin + 1, count: place })),
});
const dataset = { id: "d", name: "wide", kind: "file", row_count: 9, column_count: 1000, size_bytes: 1, created_at: 1, fingerprint: "f" };
const profile = { dataset, columns: Array.from({ length: 1000 }, (_, place) => column(place)), warnings: [] };
const schema = methods["datasets.profile"].output;

function messagesOf(output: unknown): readonly HostEnvelope[] {
  const result = { kind: "result", id: 1, output } as const;
  return inPieces(result, schema, encode(result).length);
}

/** A client that was told the messages, and the acts that it put off. */
function told(messages: readonly HostEnvelope[]) {
  const [near, far] = memoryChannelPair();
  const put: (() => void)[] = [];
  const faults: unknown[] = [];
  const client = new ProtocolClient(near, { onFault: (fault) => faults.push(fault), later: (act) => put.push(act) });
  const answer = client.call("datasets.profile", { id: "d" }).catch((thrown: unknown) => thrown);
  for (const message of messages) far.send(encode(message));
  return { answer, put, faults, far };
}

test("a long answer travels in pieces of bounded length and arrives as it was sent", async () => {
  const messages = messagesOf(profile);
  expect(messages.length).toBeGreaterThan(3);
  for (const message of messages) expect(encode(message).length).toBeLessThan(1.2 * PIECE_CHARACTERS);
  const { answer, put, faults } = told(messages);
  await Promise.resolve();
  // One piece a task: each waits for the one before it.
  let tasks = 0;
  for (let turn = 0; turn < 5 * messages.length; turn += 1) {
    await Promise.resolve();
    const act = put.shift();
    if (act !== undefined) tasks += 1;
    act?.();
  }
  expect(await answer).toEqual(profile);
  expect(tasks).toBe(messages.length);
  expect(faults).toEqual([]);
});

test("a short answer is one message, and so is one whose lists have conditions on the whole", () => {
  expect(messagesOf({ ...profile, columns: profile.columns.slice(0, 50) })).toHaveLength(1);
  const result = { kind: "result", id: 1, output: profile } as const;
  expect(
    inPieces(
      result,
      schema.refine(() => true),
      10 * PIECE_CHARACTERS,
    ),
  ).toEqual([result]);
});

test("a piece that breaks the contract fails the call, by the place of what is wrong", async () => {
  const { answer } = told([{ kind: "piece", id: 1, field: "columns", items: [column(0), { ...column(1), missing: "many" }] }]);
  expect(await answer).toMatchObject({ code: "protocol.bad_output", params: { method: "datasets.profile", path: "1.missing" } });
});

test("what came before the end of the connection counts, though it had to wait", async () => {
  const { answer, put, far } = told(messagesOf(profile));
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  far.close("quit");
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  for (const act of put) act();
  expect(await answer).toEqual(profile);
});
