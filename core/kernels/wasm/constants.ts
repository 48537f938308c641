/**
 * ConstantPool: vectors of four equal lanes in the first pages of the memory, shared by all modules over it. A constant
 * read from memory is an operand of the instruction that uses it; an immediate is built anew at every use.
 */
export class ConstantPool {
  private readonly addresses = new Map<number, number>();
  private readonly words: Int32Array;
  private readonly start: number;
  private readonly capacity: number;

  /** @param capacity number of constants that fit between `start` (bytes, a multiple of 16) and what comes after */
  constructor(buffer: ArrayBufferLike, start: number, capacity: number) {
    this.words = new Int32Array(buffer, start, capacity * 4);
    this.start = start;
    this.capacity = capacity;
  }

  /** Address of four lanes of `bits`; −1 when the pool is full. */
  addressOf(bits: number): number {
    const known = this.addresses.get(bits);
    if (known !== undefined) return known;
    const index = this.addresses.size;
    if (index === this.capacity) return -1;
    this.words.fill(bits, index * 4, index * 4 + 4);
    const address = this.start + index * 16;
    this.addresses.set(bits, address);
    return address;
  }
}
