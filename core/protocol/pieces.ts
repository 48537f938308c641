/**
 * Long answers travel in pieces: reading and checking millions of characters at once would keep a window from answering. The lists
 * of an answer are cut into messages that are checked one by one; the last message brings the rest, with those lists empty.
 */
import { z } from "zod";
import type { HostEnvelope } from "./envelope.ts";

/** UTF-16 code units of a piece, about: read and checked in some 6 ms. */
export const PIECE_CHARACTERS = 256 * 1024;

type Piece = Extract<HostEnvelope, { kind: "piece" }>;
type Result = Extract<HostEnvelope, { kind: "result" }>;

/** The list of an answer that may come in pieces: one whose items are checked each for itself. Null where there is none of that name. */
export function listIn(schema: z.ZodType, field: string): z.ZodArray | null {
  if (!(schema instanceof z.ZodObject) || (schema.def.checks ?? []).length > 0 || !Object.hasOwn(schema.shape, field)) return null;
  const list: unknown = schema.shape[field];
  return list instanceof z.ZodArray && (list.def.checks ?? []).length === 0 ? list : null;
}

/** The messages that bring a result whose text is `characters` long: itself where it is short. */
export function inPieces(result: Result, schema: z.ZodType, characters: number): readonly (Piece | Result)[] {
  const { id, output } = result;
  if (characters <= 2 * PIECE_CHARACTERS || typeof output !== "object" || output === null) return [result];
  const pieces: Piece[] = [];
  const rest: Record<string, unknown> = { ...output };
  for (const [field, value] of Object.entries(output)) {
    if (!Array.isArray(value) || listIn(schema, field) === null) continue;
    const count = Math.min(value.length, Math.ceil(JSON.stringify(value).length / PIECE_CHARACTERS));
    if (count < 2) continue;
    for (let piece = 0; piece < count; piece += 1) {
      const items = value.slice(Math.floor((piece * value.length) / count), Math.floor(((piece + 1) * value.length) / count));
      pieces.push({ kind: "piece", id, field, items });
    }
    rest[field] = [];
  }
  return [...pieces, { kind: "result", id, output: rest }];
}
