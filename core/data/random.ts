/**
 * The source of random numbers: xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c),
 * its four words filled by splitmix64 from a seed and a stream number. Streams of one seed are independent for every
 * purpose here; the state can be read and put back, so a resumed run draws what an uninterrupted one would.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /**
   * @param seed   any safe integer
   * @param stream which of the seed's sequences: a non-negative safe integer
   */
  constructor(seed: number, stream = 0) {
    // Adding stream times an odd constant to the state of splitmix64 before mixing keeps the streams apart.
    let state = BigInt.asUintN(64, mix64(BigInt.asUintN(64, BigInt(seed))) + BigInt(stream) * 0xd1342543de82ef95n);
    const next = (): bigint => {
      state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
      return mix64(state);
    };
    const first = next();
    const second = next();
    this.a = Number(first & 0xffffffffn) | 0;
    this.b = Number(first >> 32n) | 0;
    this.c = Number(second & 0xffffffffn) | 0;
    this.d = Number(second >> 32n) | 0;
    if ((this.a | this.b | this.c | this.d) === 0) this.a = 1;
  }

  /** The state, to be stored in a checkpoint. */
  save(): [number, number, number, number] {
    return [this.a, this.b, this.c, this.d];
  }

  restore(state: readonly [number, number, number, number]): void {
    [this.a, this.b, this.c, this.d] = state;
  }

  /** 32 random bits, 0 … 2³²−1. */
  bits(): number {
    const scrambled = Math.imul(this.b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result >>> 0;
  }

  /** A multiple of 2⁻⁵³ in [0, 1). Two draws of {@link bits}. */
  float(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** A whole number 0 … n−1, each equally likely: values that would favour the small ones are drawn again. n is 1 … 2³². */
  below(n: number): number {
    if (n === 0x100000000) return this.bits();
    for (;;) {
      const drawn = this.bits();
      // Only the last n values may be too many; remainders of whole 32-bit numbers are cheap, others are not.
      if (drawn < 0x100000000 - n || drawn < 0x100000000 - (0x100000000 % n)) return drawn % (n >>> 0);
    }
  }

  /** Standard normal, by Box and Muller's formula; the second of the pair is not kept, so that the state is all there is. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return radius * Math.cos(2 * Math.PI * this.float());
  }

  /** Puts a list into random order, in place (Fisher and Yates). */
  shuffle(list: { length: number; [index: number]: number }): void {
    for (let i = list.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      const kept = list[i] as number;
      list[i] = list[j] as number;
      list[j] = kept;
    }
  }
}

/** The output function of splitmix64 (Vigna, https://prng.di.unimi.it/splitmix64.c). */
function mix64(value: bigint): bigint {
  let z = value;
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}
