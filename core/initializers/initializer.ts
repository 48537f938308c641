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
  /** Numbers of axes that it can fill; any when absent. */
  readonly axes?: { readonly min: number; readonly max: number };
  /** It takes one number: the constant itself, the deviation or the limit. */
  readonly value?: { readonly default: number };
}

export interface InitializerContext {
  readonly size: number;
  /** Of the parameter; a matrix is all axes but the last by the last. */
  readonly shape: readonly number[];
  readonly fanIn: number;
  readonly fanOut: number;
  readonly random: RandomSource;
  /** What the person chose for an initializer whose definition has a `value`. */
  readonly value?: number;
}

/** Returns `size` numbers; they are rounded to float32 where they are stored. */
export type InitializerImplementation = (context: InitializerContext) => Float64Array;

/** Uniform in ± limit. */
export function uniformWithin(limit: number, { size, random }: InitializerContext): Float64Array {
  return Float64Array.from({ length: size }, () => (2 * random.float() - 1) * limit);
}

/** Deviation of a standard normal that is cut at two deviations. */
export const TRUNCATED_DEVIATION = 0.8796256610342398;

/**
 * Normal with mean 0, drawn again beyond two deviations, scaled so that what is left has the deviation asked for
 * (Keras's VarianceScaling, which divides by 0.87962566103423978).
 */
export function truncatedNormal(deviation: number, { size, random }: InitializerContext): Float64Array {
  const scale = deviation / TRUNCATED_DEVIATION;
  return Float64Array.from({ length: size }, () => {
    let z = random.normal();
    while (Math.abs(z) > 2) z = random.normal();
    return z * scale;
  });
}
