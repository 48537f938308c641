/** What the command line prints: results on stdout (text, or one JSON object a line), progress and words on stderr. */
import { type ErrorData, errorData } from "../../core/errors.ts";
import { allErrors } from "../../resources/translations/all-errors.ts";
import { withPictureFault } from "../../resources/translations/picture-faults.ts";
import { translate } from "../../resources/translations/translate.ts";
import { terminalLanguage } from "../host/terminal-language.ts";

/** Exit codes, documented in docs/command-line.md. */
export const EXIT = { ok: 0, inputAtFault: 1, usage: 2, ourFault: 70, interrupted: 130 } as const;

const language = terminalLanguage();

/** The text of an error in two parts: what is wrong, and what to do (its last sentences). */
export function errorWords(error: ErrorData): { message: string; hint: string } {
  const whole = translate(allErrors, language, error.code, withPictureFault(error.params, language));
  if (language === "zh") {
    const end = whole.indexOf("。");
    return end < 0 ? { message: whole, hint: "" } : { message: whole.slice(0, end + 1), hint: whole.slice(end + 1).trim() };
  }
  const end = whole.search(/\.\s+[A-Z]/);
  return end < 0 ? { message: whole, hint: "" } : { message: whole.slice(0, end + 1), hint: whole.slice(end + 1).trim() };
}

export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** A line of the result: `text` for people, `event` as JSON. */
  result(event: Readonly<Record<string, unknown>>, text: string | null): void {
    if (this.json) process.stdout.write(`${JSON.stringify(event)}\n`);
    else if (text !== null) process.stdout.write(`${text}\n`);
  }

  /** A line on stderr. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  error(error: ErrorData): void {
    const { message, hint } = errorWords(error);
    if (this.json)
      process.stdout.write(`${JSON.stringify({ event: "error", code: error.code, message, hint, node_id: error.nodeId ?? null })}\n`);
    this.note(`error: ${message}${error.nodeId === undefined ? "" : ` (node ${error.nodeId})`}${hint === "" ? "" : `\n       ${hint}`}`);
  }

  /** Prints what was thrown and says with which code to exit. */
  failure(thrown: unknown): number {
    const error = errorData(thrown);
    this.error(error);
    if (error.code !== "internal.fault") return EXIT.inputAtFault;
    if (thrown instanceof Error && thrown.stack !== undefined) this.note(thrown.stack);
    return EXIT.ourFault;
  }
}

/** A bar on one line of stderr, drawn again in place; nothing where stderr is not a terminal. */
export class ProgressBar {
  private shown = false;

  show(share: number, text: string): void {
    if (!process.stderr.isTTY) return;
    const width = 24;
    const filled = Math.max(0, Math.min(width, Math.round(share * width)));
    const columns = process.stderr.columns || 80;
    process.stderr.write(`\r\u001b[K[${"█".repeat(filled)}${"·".repeat(width - filled)}] ${text}`.slice(0, columns + 4));
    this.shown = true;
  }

  clear(): void {
    if (this.shown) process.stderr.write("\r\u001b[K");
    this.shown = false;
  }
}
