/**
 * Filters that people write: `age > 30 and sex = 'male'`, `day between '2020-01-01' and '2020-06-30'`, `cabin is missing`,
 * `name like 'Dr%'`, `port in ('S', 'C')`. SQL's words and ranks; nothing but columns, values and a few functions can be said.
 */
import { AppError } from "../../errors.ts";
import { type Token, tokensOf } from "./tokens.ts";

export const COMPARISONS = ["=", "<>", "<", "<=", ">", ">="] as const;
export type Comparison = (typeof COMPARISONS)[number];
export const FUNCTIONS = ["abs", "length", "lower", "upper"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export type Expression =
  | { readonly kind: "column"; readonly name: string; readonly at: number }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "arithmetic"; readonly sign: "+" | "-" | "*" | "/"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "call"; readonly name: FunctionName; readonly of: Expression }
  | { readonly kind: "comparison"; readonly sign: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "like"; readonly of: Expression; readonly pattern: string }
  | { readonly kind: "in"; readonly of: Expression; readonly among: readonly Expression[] }
  | { readonly kind: "missing"; readonly of: Expression }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression };

const MOST_NESTING = 100;

/** @throws AppError data.filter_syntax, data.filter_no_value, data.filter_character, data.filter_too_deep */
export function parseFilter(text: string): Expression {
  return new Parser(tokensOf(text)).whole();
}

class Parser {
  private readonly tokens: readonly Token[];
  private place = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const parsed = this.or();
    if (this.next.kind !== "end") throw this.unexpected("and, or");
    return parsed;
  }

  private get next(): Token {
    return this.tokens[this.place] as Token;
  }

  /** Whether the next is this word or sign; then it is passed. */
  private take(...texts: readonly string[]): boolean {
    const { kind, text } = this.next;
    const found = (kind === "name" && texts.includes(text.toLowerCase())) || (kind === "sign" && texts.includes(text));
    if (found) this.place += 1;
    return found;
  }

  private need(text: string): void {
    if (!this.take(text)) throw this.unexpected(text);
  }

  private unexpected(expected: string): AppError {
    const { kind, text, at } = this.next;
    return new AppError("data.filter_syntax", { place: at, found: kind === "end" ? "–" : text, expected });
  }

  private or(): Expression {
    this.depth += 1;
    if (this.depth > MOST_NESTING) throw new AppError("data.filter_too_deep", { most: MOST_NESTING });
    let left = this.and();
    while (this.take("or", "||")) left = { kind: "or", left, right: this.and() };
    this.depth -= 1;
    return left;
  }

  private and(): Expression {
    let left = this.not();
    while (this.take("and", "&&")) left = { kind: "and", left, right: this.not() };
    return left;
  }

  private not(): Expression {
    let turns = 0;
    while (this.take("not", "!")) turns += 1;
    let of = this.comparison();
    for (let turn = 0; turn < turns; turn += 1) of = { kind: "not", of };
    return of;
  }

  private comparison(): Expression {
    const left = this.sum();
    const { text } = this.next;
    if (this.take("=", "==", "<>", "!=", "<", "<=", ">", ">=")) {
      const sign = ({ "==": "=", "!=": "<>" } as Readonly<Record<string, Comparison>>)[text] ?? (text as Comparison);
      return { kind: "comparison", sign, left, right: this.sum() };
    }
    if (this.take("is")) {
      const turned = this.take("not");
      if (!this.take("missing", "null")) throw this.unexpected("missing");
      return negated(turned, { kind: "missing", of: left });
    }
    const turned = this.take("not");
    if (this.take("between")) return negated(turned, this.between(left));
    if (this.take("in")) return negated(turned, this.among(left));
    if (this.take("like")) return negated(turned, { kind: "like", of: left, pattern: this.textValue() });
    if (this.take("contains")) return negated(turned, { kind: "like", of: left, pattern: `%${this.textValue()}%` });
    if (turned) throw this.unexpected("in, between, like, contains");
    return left;
  }

  private between(of: Expression): Expression {
    const low = this.sum();
    this.need("and");
    const high = this.sum();
    const from: Expression = { kind: "comparison", sign: ">=", left: of, right: low };
    return { kind: "and", left: from, right: { kind: "comparison", sign: "<=", left: of, right: high } };
  }

  private among(of: Expression): Expression {
    this.need("(");
    const among = [this.sum()];
    while (this.take(",")) among.push(this.sum());
    this.need(")");
    return { kind: "in", of, among };
  }

  private textValue(): string {
    if (this.next.kind !== "text") throw this.unexpected("'…'");
    this.place += 1;
    return (this.tokens[this.place - 1] as Token).text;
  }

  private sum(): Expression {
    let left = this.product();
    for (;;) {
      const { text } = this.next;
      if (!this.take("+", "-")) return left;
      left = { kind: "arithmetic", sign: text as "+" | "-", left, right: this.product() };
    }
  }

  private product(): Expression {
    let left = this.signed();
    for (;;) {
      const { text } = this.next;
      if (!this.take("*", "/")) return left;
      left = { kind: "arithmetic", sign: text as "*" | "/", left, right: this.signed() };
    }
  }

  private signed(): Expression {
    let turned = false;
    for (;;) {
      if (this.take("-")) turned = !turned;
      else if (!this.take("+")) break;
    }
    const of = this.value();
    return turned ? { kind: "arithmetic", sign: "-", left: { kind: "number", value: 0 }, right: of } : of;
  }

  private value(): Expression {
    const { kind, text, at } = this.next;
    if (this.take("(")) {
      const inner = this.or();
      this.need(")");
      return inner;
    }
    this.place += 1;
    if (kind === "number") return { kind: "number", value: Number(text) };
    if (kind === "text") return { kind: "text", value: text };
    if (kind === "quoted_name") return { kind: "column", name: text, at };
    if (kind === "name" && !RESERVED.includes(text.toLowerCase())) return this.named(text, at);
    this.place -= 1;
    throw new AppError("data.filter_no_value", { place: at });
  }

  private named(text: string, at: number): Expression {
    const lower = text.toLowerCase();
    const name = FUNCTIONS.find((one) => one === lower);
    if (name !== undefined && this.take("(")) {
      const of = this.sum();
      this.need(")");
      return { kind: "call", name, of };
    }
    if (lower === "true" || lower === "false") return { kind: "truth", value: lower === "true" };
    return { kind: "column", name: text, at };
  }
}

const RESERVED = ["and", "or", "not", "in", "is", "like", "between", "contains"];

const negated = (turned: boolean, of: Expression): Expression => (turned ? { kind: "not", of } : of);

/** Names of the columns that a filter reads, each once. */
export function columnsOfFilter(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (one: Expression): void => {
    if (one.kind === "column") names.add(one.name);
    if ("of" in one) visit(one.of);
    if ("left" in one) {
      visit(one.left);
      visit(one.right);
    }
    if (one.kind === "in") one.among.forEach(visit);
  };
  visit(expression);
  return [...names];
}
