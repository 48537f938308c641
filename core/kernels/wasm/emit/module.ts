/**
 * ModuleBuilder: collects functions, gives each its index and writes the module. Functions are made once for each key,
 * so two layers of the same shape share their kernels. The memory is imported as `env.memory`; constants lie in it.
 */
import { concatenateBytes, list, name, section, unsigned } from "./encoding.ts";
import { type CodeOptions, FunctionBuilder, TYPE_CODE } from "./function.ts";

export interface MemoryLimits {
  readonly pages: number;
  readonly shared: boolean;
}

export class ModuleBuilder {
  private readonly functions: FunctionBuilder[] = [];
  private readonly indexOfKey = new Map<string, number>();
  private readonly exported = new Map<string, number>();
  private readonly limits: MemoryLimits;
  readonly options: CodeOptions;

  constructor(limits: MemoryLimits, options: CodeOptions) {
    this.limits = limits;
    this.options = options;
  }

  /**
   * Index of the function with this key, built at its first use.
   * @param parameterCount number of i32 parameters
   */
  function(key: string, parameterCount: number, build: (f: FunctionBuilder) => void): number {
    const known = this.indexOfKey.get(key);
    if (known !== undefined) return known;
    const f = new FunctionBuilder(parameterCount, this.options);
    build(f);
    // Taken after building: a function may have built those that it calls.
    const index = this.functions.push(f) - 1;
    this.indexOfKey.set(key, index);
    return index;
  }

  export(exportName: string, index: number): void {
    this.exported.set(exportName, index);
  }

  get functionCount(): number {
    return this.functions.length;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const counts = [...new Set(this.functions.map((f) => f.parameters.length))];
    const types = counts.map((count) => [0x60, ...list(Array.from({ length: count }, () => [TYPE_CODE.i32])), 0]);
    const pages = unsigned(this.limits.pages);
    const memory = [this.limits.shared ? 0x03 : 0x01, ...pages, ...pages];
    return concatenateBytes([
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, list(types)),
      ...section(2, list([[...name("env"), ...name("memory"), 0x02, ...memory]])),
      ...section(3, list(this.functions.map((f) => unsigned(counts.indexOf(f.parameters.length))))),
      ...section(7, list([...this.exported].map(([exportName, index]) => [...name(exportName), 0, ...unsigned(index)]))),
      ...section(10, list(this.functions.map((f) => f.body()))),
    ]);
  }
}
