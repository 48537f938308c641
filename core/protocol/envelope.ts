/**
 * What crosses a channel: calls and acknowledgements towards the host; results (long ones in pieces), failures and events towards the client.
 * Every message is one JSON object with a `kind`; anything else is refused. What is inside a call, a result or an event
 * is checked against methods.ts by server.ts and client.ts.
 */
import { z } from "zod";
import { AppError, type ErrorData } from "../errors.ts";
import { errorSchema } from "./contract/common.ts";

/** Longest message in UTF-16 code units: a design of 20,000 nodes has about 8 million. */
export const MAX_MESSAGE_CHARACTERS = 32 * 1024 * 1024;

const callId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Client → host. */
export const clientEnvelopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("call"), id: callId, method: z.string().max(64), input: z.unknown() }),
  /** So many more events have been handled: the host may send on (event-queue.ts). */
  z.strictObject({ kind: z.literal("seen"), events: z.number().int().min(1).max(1_000_000) }),
]);

/** Host → client. A failure without an id answers a message that could not be read. */
export const hostEnvelopeSchema = z.discriminatedUnion("kind", [
  /** Items of a list of an answer that is under way (pieces.ts). */
  z.strictObject({ kind: z.literal("piece"), id: callId, field: z.string().max(64), items: z.array(z.unknown()) }),
  z.strictObject({ kind: z.literal("result"), id: callId, output: z.unknown() }),
  z.strictObject({ kind: z.literal("failure"), id: callId.nullable(), error: errorSchema }),
  z.strictObject({ kind: z.literal("event"), event: z.string().max(64), payload: z.unknown() }),
]);

export type ClientEnvelope = z.infer<typeof clientEnvelopeSchema>;
export type HostEnvelope = z.infer<typeof hostEnvelopeSchema>;

/** The first thing that is wrong, as `path` and `problem` of an error. */
export function firstProblem(error: z.ZodError): { path: string; problem: string } {
  const issue = error.issues[0];
  return { path: issue === undefined || issue.path.length === 0 ? "(all)" : issue.path.join("."), problem: issue?.message ?? "unknown" };
}

/** @throws AppError protocol.too_large, protocol.bad_envelope */
export function decode<T>(schema: z.ZodType<T>, text: string): T {
  if (text.length > MAX_MESSAGE_CHARACTERS) throw tooLarge(text.length);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError("protocol.bad_envelope", { path: "(all)", problem: "not JSON" });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError("protocol.bad_envelope", firstProblem(parsed.error));
  return parsed.data;
}

/** @throws AppError protocol.too_large */
export function encode(envelope: ClientEnvelope | HostEnvelope): string {
  const text = JSON.stringify(envelope);
  if (text.length > MAX_MESSAGE_CHARACTERS) throw tooLarge(text.length);
  return text;
}

/** Error data as JSON can carry them: numbers that are not finite become text. */
export function carriable(error: ErrorData): z.infer<typeof errorSchema> {
  const params = Object.fromEntries(
    Object.entries(error.params).map(([name, value]) => [
      name,
      typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
    ]),
  );
  return error.nodeId === undefined ? { code: error.code, params } : { code: error.code, params, nodeId: error.nodeId };
}

function tooLarge(characters: number): AppError {
  return new AppError("protocol.too_large", { characters, limit: MAX_MESSAGE_CHARACTERS });
}
