/**
 * Field kinds: one description of an option gives its TypeScript type, its validator, its form control, its entry in
 * the documentation and its JSON Schema. Layers, optimizers, data steps and training options are all described so.
 * The words shown beside a field are not here: they are in the `texts.ts` of the thing that owns the schema.
 */

interface FieldBase {
  /** With this value the field does nothing: a penalty of 0. */
  readonly idleAt?: number;
  /** Shown only when the person asks for all options. */
  readonly advanced?: boolean;
  /** Show the field only while another field of the schema has one of these values. */
  readonly visibleWhen?: { readonly field: string; readonly values: readonly (string | number | boolean)[] };
}

export interface IntField<N extends number | null = number | null> extends FieldBase {
  readonly kind: "int";
  readonly default: N;
  readonly min: number;
  readonly max: number;
  readonly nullable: boolean;
}
export interface FloatField<N extends number | null = number | null> extends FieldBase {
  readonly kind: "float";
  readonly default: N;
  /** Smallest and largest allowed value; `exclusiveMin`/`exclusiveMax` leave the bound itself out. */
  readonly min: number;
  readonly max: number;
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
  /** Values offered in the form as a ladder (learning rates, for instance). */
  readonly ladder?: readonly number[];
  readonly nullable: boolean;
}
export interface BoolField extends FieldBase {
  readonly kind: "bool";
  readonly default: boolean;
}
export interface ChoiceField<V extends string = string> extends FieldBase {
  readonly kind: "choice";
  readonly default: V;
  readonly values: readonly V[];
}
/** A tensor shape without the batch: `[28, 28, 1]`. `-1` stands for "what is left" where `wildcard` is true. */
export interface ShapeField<S extends readonly number[] | null = readonly number[] | null> extends FieldBase {
  readonly kind: "shape";
  readonly default: S;
  readonly wildcard: boolean;
  readonly maxRank: number;
  readonly nullable: boolean;
}
export interface TextField extends FieldBase {
  readonly kind: "text";
  readonly default: string;
  readonly maxLength: number;
}
/** A list of names, of columns for instance. Empty means "not set". */
export interface NamesField extends FieldBase {
  readonly kind: "names";
  readonly default: readonly string[];
  /** What the names are names of: the form offers them. */
  readonly of: "feature_columns" | "target_columns" | "figures" | "any";
}

export type Field = IntField | FloatField | BoolField | ChoiceField | ShapeField | TextField | NamesField;
export type Schema = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> =
  F extends IntField<infer N>
    ? null extends N
      ? number | null
      : number
    : F extends FloatField<infer N>
      ? null extends N
        ? number | null
        : number
      : F extends BoolField
        ? boolean
        : F extends ChoiceField<infer V>
          ? V
          : F extends ShapeField<infer S>
            ? null extends S
              ? readonly number[] | null
              : readonly number[]
            : F extends TextField
              ? string
              : readonly string[];

/** The configuration that a schema describes. */
export type ConfigOf<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };
/** A configuration whose schema is not known here. */
export type AnyConfig = Readonly<Record<string, unknown>>;

export function int(o: { default: number; min: number; max: number } & FieldBase): IntField<number> {
  return { ...o, kind: "int", nullable: false };
}
/** Like {@link int}, but null is allowed and means "not set". */
export function optionalInt(o: { default?: number | null; min: number; max: number } & FieldBase): IntField<number | null> {
  return { ...o, default: o.default ?? null, kind: "int", nullable: true };
}
export function float(
  o: { default: number; min: number; max: number; exclusiveMin?: boolean; exclusiveMax?: boolean; ladder?: readonly number[] } & FieldBase,
): FloatField<number> {
  return { ...o, kind: "float", nullable: false };
}
/** Like {@link float}, but null is allowed and means "not set". */
export function optionalFloat(
  o: {
    default?: number | null;
    min: number;
    max: number;
    exclusiveMin?: boolean;
    exclusiveMax?: boolean;
    ladder?: readonly number[];
  } & FieldBase,
): FloatField<number | null> {
  return { ...o, default: o.default ?? null, kind: "float", nullable: true };
}
export function bool(o: { default: boolean } & FieldBase): BoolField {
  return { ...o, kind: "bool" };
}
export function choice<const V extends string>(o: { default: NoInfer<V>; values: readonly V[] } & FieldBase): ChoiceField<V> {
  return { ...o, kind: "choice" };
}
export function shape(o: { default: readonly number[]; wildcard?: boolean; maxRank?: number } & FieldBase): ShapeField<readonly number[]> {
  return { wildcard: false, maxRank: 6, ...o, kind: "shape", nullable: false };
}
/** Like {@link shape}, but null is allowed and means "from the data". */
export function optionalShape(o: { maxRank?: number } & FieldBase = {}): ShapeField<readonly number[] | null> {
  return { wildcard: false, maxRank: 6, ...o, default: null, kind: "shape", nullable: true };
}
export function text(o: { default?: string; maxLength?: number } & FieldBase = {}): TextField {
  return { default: "", maxLength: 10_000, ...o, kind: "text" };
}
export function names(o: { of: NamesField["of"] } & FieldBase): NamesField {
  return { ...o, default: [], kind: "names" };
}

/** Whether the field is shown and has an effect, by the value of the one that it hangs on. */
export function isVisible({ visibleWhen }: Field, values: AnyConfig): boolean {
  return visibleWhen === undefined || visibleWhen.values.some((value) => value === values[visibleWhen.field]);
}
