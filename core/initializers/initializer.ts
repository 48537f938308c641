/** What an initializer is: a rule that fills a parameter from a random stream, given the fans of its weights. */

/** A source of random numbers: core/data/random.ts has one. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  float(): number;
  /** Standard normal. */
  normal(): number;
}

export interface InitializerDefinition {
  readonly name: string;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string }>>;
}

export interface InitializerContext {
  readonly size: number;
  readonly fanIn: number;
  readonly fanOut: number;
  readonly random: RandomSource;
}

/** Returns `size` numbers; they are rounded to float32 where they are stored. */
export type InitializerImplementation = (context: InitializerContext) => Float64Array;

/** Uniform in ± limit. */
export function uniformWithin(limit: number, { size, random }: InitializerContext): Float64Array {
  return Float64Array.from({ length: size }, () => (2 * random.float() - 1) * limit);
}

/**
 * Normal with mean 0, drawn again beyond two deviations, scaled so that what is left has the deviation asked for
 * (Keras's VarianceScaling, which divides by 0.87962566103423978).
 */
export function truncatedNormal(deviation: number, { size, random }: InitializerContext): Float64Array {
  const scale = deviation / 0.8796256610342398;
  return Float64Array.from({ length: size }, () => {
    let z = random.normal();
    while (Math.abs(z) > 2) z = random.normal();
    return z * scale;
  });
}
