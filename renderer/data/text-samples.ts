/** Texts as the step sees them, asked of the host: cutting and learning tokens is no work for the thread of the window. */
import type { MethodInput, MethodOutput } from "../../core/protocol/methods.ts";
import { TOKENIZERS } from "../../core/steps/tokens.ts";
import { host } from "../state/host.ts";

export type TextSamplesOf = MethodInput<"datasets.text_samples">;

const KNOWN = [...TOKENIZERS, "byte_pair"] as const;

/** @param options of the step @returns null where it has no tokens */
export function samplesAsked(id: string, column: string, options: Readonly<Record<string, unknown>>): TextSamplesOf | null {
  const tokenizer = KNOWN.find((one) => one === options["tokenizer"]);
  const vocabulary = options["vocabulary"];
  if (tokenizer === undefined) return null;
  const asked = { id, column, tokenizer, lowercase: options["lowercase"] === true };
  return tokenizer === "byte_pair" && typeof vocabulary === "number" ? { ...asked, vocabulary } : asked;
}

let going: Promise<unknown> = Promise.resolve();

/** One question is on its way at a time: those that nobody waits for any more when it is answered are never asked. */
export function samplesOf(asked: TextSamplesOf, signal: AbortSignal): Promise<MethodOutput<"datasets.text_samples"> | null> {
  const answer = going.then(() => (signal.aborted ? null : host().call("datasets.text_samples", asked)));
  going = answer.catch(() => null);
  return answer;
}
