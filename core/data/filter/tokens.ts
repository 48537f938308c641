/** Words, numbers, texts and signs of a filter. Column names stand bare, or in "double quotes", `backticks` or [brackets]. */
import { AppError } from "../../errors.ts";

export interface Token {
  readonly kind: "name" | "quoted_name" | "number" | "text" | "sign" | "end";
  readonly text: string;
  /** Position of its first character, from 1. */
  readonly at: number;
}

const PATTERN =
  /\s+|([\p{L}_][\p{L}\p{N}_.]*)|("(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\])|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|('(?:[^']|'')*')|(<=|>=|<>|!=|==|&&|\|\||[=<>()+\-*/,!])/uy;

/** @throws AppError data.filter_syntax */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < expression.length) {
    const at = PATTERN.lastIndex;
    const found = PATTERN.exec(expression);
    if (found === null) throw new AppError("data.filter_character", { place: at + 1, found: expression.slice(at, at + 12) });
    const [, name, quotedName, number, text, sign] = found;
    if (name !== undefined) tokens.push({ kind: "name", text: name, at: at + 1 });
    else if (quotedName !== undefined) tokens.push({ kind: "quoted_name", text: unquoted(quotedName), at: at + 1 });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, at: at + 1 });
    else if (text !== undefined) tokens.push({ kind: "text", text: unquoted(text), at: at + 1 });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign, at: at + 1 });
  }
  tokens.push({ kind: "end", text: "", at: expression.length + 1 });
  return tokens;
}

function unquoted(text: string): string {
  const mark = text[0] ?? "";
  return mark === "[" ? text.slice(1, -1) : text.slice(1, -1).replaceAll(mark + mark, mark);
}
