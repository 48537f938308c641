/**
 * FunctionBuilder: one WebAssembly function being written, with its locals, loops, branches, stores and calls. Values
 * are the expressions of expression.ts. The finished bytes are collected by module.ts.
 */
import { unsigned } from "./encoding.ts";
import {
  type Code,
  type Expression,
  type Float,
  type Integer,
  iAdd,
  iLess,
  integer,
  type Local,
  type ValueType,
  type Vector,
} from "./expression.ts";

export const TYPE_CODE: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** What a function needs of the module it is part of. */
export interface CodeOptions {
  readonly fused: boolean;
  /** Whether V8 joins neighbouring 128-bit instructions into 256-bit ones: products then take wider tiles. */
  readonly wide?: boolean;
  constantAddress(bits: number): number;
}

export class FunctionBuilder implements Code {
  readonly bytes: number[] = [];
  readonly fused: boolean;
  readonly parameters: readonly Local<"i32">[];
  private readonly options: CodeOptions;
  private readonly localTypes: ValueType[] = [];
  /** A vector that stays zero. */
  private neverSet: Local<"v128"> | undefined;

  /** @param parameterCount number of i32 parameters; functions return nothing */
  constructor(parameterCount: number, options: CodeOptions) {
    this.options = options;
    this.fused = options.fused;
    this.parameters = Array.from({ length: parameterCount }, (_, index) => localAt("i32", index));
  }

  constantAddress(bits: number): number {
    return this.options.constantAddress(bits);
  }

  parameter(index: number): Local<"i32"> {
    const parameter = this.parameters[index];
    if (parameter === undefined) throw new Error(`parameter ${index} of ${this.parameters.length}`);
    return parameter;
  }

  local<T extends ValueType>(type: T): Local<T> {
    this.localTypes.push(type);
    return localAt(type, this.parameters.length + this.localTypes.length - 1);
  }

  vectors(count: number): Local<"v128">[] {
    return Array.from({ length: count }, () => this.local("v128"));
  }

  set<T extends ValueType>(local: Local<T>, value: Expression<T>): void {
    value.write(this);
    this.bytes.push(0x21, ...unsigned(local.index));
  }

  /** A new local that holds `value`: for values used more than once. */
  keep<T extends ValueType>(value: Expression<T>): Local<T> {
    const local = this.local(value.type);
    this.set(local, value);
    return local;
  }

  /** pointer += bytes */
  advance(pointer: Local<"i32">, bytes: number): void {
    if (bytes !== 0) this.set(pointer, iAdd(pointer, integer(bytes)));
  }

  store(base: Integer, offset: number, value: Vector): void {
    base.write(this);
    value.write(this);
    this.bytes.push(0xfd, 0x0b, 2, ...unsigned(offset));
  }

  storeFloat(base: Integer, offset: number, value: Float): void {
    base.write(this);
    value.write(this);
    this.bytes.push(0x38, 2, ...unsigned(offset));
  }

  /** Stores the lowest `lanes` (1–4) lanes and touches nothing behind them. */
  storeLanes(base: Integer, offset: number, value: Local<"v128">, lanes: number): void {
    if (lanes === 4) {
      this.store(base, offset, value);
      return;
    }
    if (lanes >= 2) this.storeLane(0x5b, base, offset, value, 0);
    if (lanes !== 2) this.storeLane(0x5a, base, offset + (lanes === 3 ? 8 : 0), value, lanes === 3 ? 2 : 0);
  }

  private storeLane(opcode: number, base: Integer, offset: number, value: Vector, index: number): void {
    base.write(this);
    value.write(this);
    this.bytes.push(0xfd, ...unsigned(opcode), 2, ...unsigned(offset), index);
  }

  /** Runs `body` again while the condition that it returns is not zero; at least once. */
  loopWhile(body: () => Integer): void {
    this.bytes.push(0x03, 0x40);
    const before = this.localTypes.length;
    const condition = body();
    condition.write(this);
    if (this.options.wide === true) this.forgetVectors(before);
    this.bytes.push(0x0d, 0, 0x0b);
  }

  /**
   * Clears the vectors that were made within a loop, at its end: V8 carries every local into the next pass, and counts that against
   * joining the instructions that wrote it. Nothing is left of it in the code.
   */
  private forgetVectors(before: number): void {
    const made = this.localTypes.slice(before).flatMap((type, i) => (type === "v128" ? [before + i] : []));
    if (made.length === 0) return;
    this.neverSet ??= this.local("v128");
    for (const index of made) this.set(localAt("v128", this.parameters.length + index), this.neverSet);
  }

  /** `times` passes with no counter to read; nothing at all for 0, no loop for 1. */
  repeat(times: number, body: () => void): void {
    if (!Number.isInteger(times) || times < 0) throw new Error(`a loop cannot run ${times} times`);
    if (times === 0) return;
    if (times === 1) {
      body();
      return;
    }
    const left = this.keep(integer(times));
    this.loopWhile(() => {
      body();
      this.set(left, iAdd(left, integer(-1)));
      return left;
    });
  }

  /** `counter` from `from` while below `to`, both known now; the body sees the counter. */
  count(from: number, to: number, step: number, body: (counter: Local<"i32">) => void): void {
    if (from >= to) return;
    const counter = this.keep(integer(from));
    this.loopWhile(() => {
      body(counter);
      this.advance(counter, step);
      return iLess(counter, integer(to));
    });
  }

  when(condition: Integer, then: () => void, otherwise?: () => void): void {
    condition.write(this);
    this.bytes.push(0x04, 0x40);
    then();
    if (otherwise !== undefined) {
      this.bytes.push(0x05);
      otherwise();
    }
    this.bytes.push(0x0b);
  }

  call(functionIndex: number, args: readonly Integer[]): void {
    for (const argument of args) argument.write(this);
    this.bytes.push(0x10, ...unsigned(functionIndex));
  }

  /** Locals and instructions, with their length, as the code section wants them. */
  body(): number[] {
    const groups: [count: number, type: ValueType][] = [];
    for (const type of this.localTypes) {
      const last = groups[groups.length - 1];
      if (last !== undefined && last[1] === type) last[0]++;
      else groups.push([1, type]);
    }
    const head = [...unsigned(groups.length), ...groups.flatMap(([count, type]) => [...unsigned(count), TYPE_CODE[type]])];
    const bytes = unsigned(head.length + this.bytes.length + 1);
    for (const byte of head) bytes.push(byte);
    for (const byte of this.bytes) bytes.push(byte);
    bytes.push(0x0b);
    return bytes;
  }

  /** Stores a word that other threads watch. */
  atomicStore(base: Integer, offset: number, value: Integer): void {
    base.write(this);
    value.write(this);
    this.bytes.push(0xfe, 0x17, 2, ...unsigned(offset));
  }

  /** Writes `value` for what it does, not for what it gives. */
  drop(value: Expression<ValueType>): void {
    value.write(this);
    this.bytes.push(0x1a);
  }

  /** Ends in an error of WebAssembly. */
  trap(): void {
    this.bytes.push(0x00);
  }
}

function localAt<T extends ValueType>(type: T, index: number): Local<T> {
  return { type, index, write: (code) => void code.bytes.push(0x20, ...unsigned(index)) };
}
