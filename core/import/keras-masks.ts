/**
 * Masks that Keras 3 writes into a model though nobody handed them over: its layers make them, as ours do again. Such a mask is an
 * operation on what an embedding or a masking layer takes, and comes to a layer that has what it makes behind it. Any other is wired.
 * Where Keras puts masks together otherwise than we do (merged-masks.ts), a layer that looks at them is refused.
 */
import { AppError } from "../errors.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import type { KerasCall, KerasLayer, TensorRef } from "./keras-topology.ts";
import { Joined } from "./mask-sets.ts";

/** By Keras's class: operations that masks are made and put together with. */
const JOINING = new Set([
  "NotEqual",
  "Any",
  "LogicalOr",
  "LogicalAnd",
  "ExpandDims",
  "Squeeze",
  "Concatenate",
  "OnesLike",
  "ZerosLike",
  "ConvertToTensor",
  "Cast",
]);

/** What `NotEqual` compares with, where a layer masks by a value. */
function maskedValue({ config }: KerasLayer): unknown {
  return config["mask_zero"] === true ? 0 : config["mask_value"];
}

const told = ({ layer, call, output }: TensorRef, value: unknown): string => JSON.stringify([layer, call, output, value]);
const keyOf = ({ layer, call }: TensorRef): string => `${layer}\n${call}`;
const isMask = ({ argument }: TensorRef): boolean => typeof argument === "string" && /(^|_)mask$/.test(argument);

/** A mask behind a layer: which it is here and in Keras, null where every step counts. */
interface Mask {
  readonly here: string | null;
  readonly keras: string | null;
  /** All comparisons that it is made of, also those that count for nothing. */
  readonly made: ReadonlySet<string>;
  /** Keras has other numbers than we in the steps that it leaves out. */
  readonly isFilled: boolean;
  /** An attention takes it off its input in Keras 3: whether others see it hangs on which is called first. */
  readonly isTaken: boolean;
}
const NONE: Mask = { here: null, keras: null, made: new Set(), isFilled: false, isTaken: false };

export class OwnMasks {
  private readonly layers: ReadonlyMap<string, KerasLayer>;
  private readonly definitionOf: (layer: KerasLayer) => LayerDefinition | undefined;
  private readonly older: boolean;
  private readonly joined = new Joined();
  private readonly known = new Map<string, Mask>();
  private readonly knownComparisons = new Map<string, ReadonlySet<string> | null>();
  /** What takes the mask off a tensor. */
  private readonly takers = new Map<string, Set<KerasCall>>();
  /** Operations that are being looked at: one that is asked for again comes from itself. */
  private readonly going = new Set<string>();

  constructor(layers: ReadonlyMap<string, KerasLayer>, definitionOf: (layer: KerasLayer) => LayerDefinition | undefined, older: boolean) {
    this.layers = layers;
    this.definitionOf = definitionOf;
    this.older = older;
    for (const layer of layers.values()) {
      if (older || definitionOf(layer)?.fromKeras?.takesMasks !== true) continue;
      for (const call of layer.calls)
        for (const input of call.inputs) this.takers.set(keyOf(input), (this.takers.get(keyOf(input)) ?? new Set()).add(call));
    }
  }

  /** Whether an input of a call is the mask that comes with another input of it. */
  has(layer: KerasLayer, call: KerasCall, mask: TensorRef): boolean {
    if (!isMask(mask) || this.layers.get(mask.layer)?.other?.kind !== "operation") return false;
    const whose = this.maskedBy(layer, call, mask);
    const made = this.comparisons(mask);
    if (whose === undefined || made === null || made.size === 0) return false;
    return [...made].toSorted().join() === [...this.behind(whose, call).made].toSorted().join();
  }

  /** The input whose mask an input is. */
  private maskedBy(layer: KerasLayer, call: KerasCall, { argument, item }: TensorRef): TensorRef | undefined {
    const named = Object.keys(this.definitionOf(layer)?.fromKeras?.arguments ?? {});
    const masked = argument === "mask" ? (named[0] ?? "inputs") : String(argument).replace(/_mask$/, "");
    return call.inputs.find(
      (input) => (input.argument === masked || input.argument === Math.max(0, named.indexOf(masked))) && input.item === item,
    );
  }

  /**
   * For a layer that looks at masks, changes what they leave out, or drops them.
   * @throws AppError import.mask_lost, import.mask_taken, import.padding_fills, import.masks_differ
   */
  refuseOthers(layer: KerasLayer, call: KerasCall, definition: LayerDefinition): void {
    const { traits, fromKeras } = definition;
    const params = { name: layer.name, layer: layer.className };
    const inputs = call.inputs.filter((input) => !isMask(input));
    const masks = inputs.map((input) => this.behind(input, call));
    const isMerged = new Set(masks.map(({ keras, isTaken }) => `${keras} ${isTaken}`)).size > 1;
    if (this.fills(layer, fromKeras) && isMerged) throw new AppError("import.padding_fills", params);
    const seesPadding = traits.mask === undefined || fromKeras?.mixesSteps === true;
    if (seesPadding && masks.some(({ isFilled }) => isFilled)) throw new AppError("import.padding_fills", params);
    if (traits.mask !== "uses" || traits.merges === true) return;
    if (traits.attends === true && this.attendsToOthers(layer, call, definition)) throw new AppError("import.masks_differ", params);
    // Handed over from outside: then no other is looked at.
    if (call.inputs.some((input) => input.argument === "mask" && !this.has(layer, call, input))) return;
    const given = call.inputs.map(({ argument = 0 }) => argument);
    const isLost = fromKeras?.losesMask?.(given, this.older) === true;
    for (const [index, { here, keras, isTaken }] of masks.entries()) {
      const there = isLost ? null : keras;
      if (here !== there) throw new AppError(there === null ? "import.mask_lost" : "import.masks_differ", params);
      // Keras wrote it down where the layer was handed it.
      const isWritten = call.inputs.some((mask) => this.has(layer, call, mask) && this.maskedBy(layer, call, mask) === inputs[index]);
      if (here !== null && isTaken && !isWritten) throw new AppError("import.mask_taken", params);
    }
  }

  /** Whether other steps are attended to here than in Keras: here all masks count, there those that are handed over stand for the input's own. */
  private attendsToOthers(layer: KerasLayer, call: KerasCall, { fromKeras }: LayerDefinition): boolean {
    const here = new Set<string>();
    const keras = new Set<string>();
    const own = new Map(call.inputs.filter((input) => !isMask(input)).map((input) => [input, this.behind(input, call).here]));
    for (const mask of call.inputs) {
      if (!isMask(mask) || this.has(layer, call, mask)) continue;
      for (const counting of [here, keras]) counting.add(keyOf(mask));
      const whose = this.maskedBy(layer, call, mask);
      const replaced = whose === undefined ? null : own.get(whose);
      if (replaced !== null && replaced !== undefined) here.add(replaced);
      if (whose !== undefined) own.set(whose, null);
    }
    for (const [input, mask] of own) {
      const port = this.portOf(input, fromKeras);
      if (mask === null || port === "query") continue;
      here.add(mask);
      if (fromKeras?.unmasked !== port) keras.add(mask);
    }
    return here.size !== keras.size;
  }

  private portOf({ argument = 0, item = 0 }: TensorRef, fromKeras: LayerDefinition["fromKeras"]): string | null | undefined {
    const named = fromKeras?.arguments ?? {};
    return (typeof argument === "string" ? named[argument] : Object.values(named)[argument])?.[item];
  }

  /** @throws AppError import.padding_fills where a model gives out steps that Keras filled */
  refuseFilled(output: TensorRef): void {
    const layer = this.layers.get(output.layer);
    if (layer !== undefined && this.behind(output, null).isFilled)
      throw new AppError("import.padding_fills", { name: layer.name, layer: layer.className });
  }

  /** An operation of that name leaves them as they are, and so did Keras 2. */
  private fills({ other }: KerasLayer, fromKeras: LayerDefinition["fromKeras"]): boolean {
    return fromKeras?.fillsPadding === true && other === undefined && !this.older;
  }

  private callOf(ref: TensorRef): { readonly layer: KerasLayer; readonly call: KerasCall } | undefined {
    const layer = this.layers.get(ref.layer);
    const call = layer?.calls[ref.call] ?? layer?.calls[0];
    return layer === undefined || call === undefined ? undefined : { layer, call };
  }

  /** The comparisons that a mask is made of; null where it is made of more. */
  private comparisons(mask: TensorRef): ReadonlySet<string> | null {
    const key = keyOf(mask);
    const known = this.knownComparisons.get(key);
    if (known !== undefined) return known;
    if (this.going.has(key)) throw new AppError("import.malformed", { path: `${mask.layer}.inbound_nodes` });
    this.going.add(key);
    const made = this.comparisonsOf(mask);
    this.going.delete(key);
    this.knownComparisons.set(key, made);
    return made;
  }

  private comparisonsOf(mask: TensorRef): ReadonlySet<string> | null {
    const found = this.callOf(mask);
    if (found === undefined || found.layer.other?.kind !== "operation" || !JOINING.has(found.layer.className)) return null;
    const { inputs, options } = found.call;
    const { className } = found.layer;
    const [first] = inputs;
    if (className === "NotEqual") return first === undefined ? null : new Set([told(first, options["argument 2"])]);
    if (className === "OnesLike" || className === "ZerosLike") return new Set();
    const parts = inputs.map((input) => this.comparisons(input));
    return parts.includes(null) ? null : new Set(parts.flatMap((part) => [...(part ?? [])]));
  }

  /**
   * The mask that comes with a tensor.
   * @param asks the call that it comes to; null for an output of the model
   */
  private behind(ref: TensorRef, asks: KerasCall | null): Mask {
    const mask = this.maskOf(ref);
    const takers = ref.output > 0 ? undefined : this.takers.get(keyOf(ref));
    return takers !== undefined && [...takers].some((call) => call !== asks) ? { ...mask, isTaken: true } : mask;
  }

  /** As it was made, before anything took it off. */
  private maskOf(ref: TensorRef): Mask {
    const key = keyOf(ref);
    const found = this.callOf(ref);
    // States that a layer gives beside its output are no sequences.
    if (found === undefined || ref.output > 0) return NONE;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // For a layer that comes from itself, which is refused when it is made.
    this.known.set(key, NONE);
    const mask = this.given(found.layer, found.call);
    this.known.set(key, mask);
    return mask;
  }

  private given(layer: KerasLayer, call: KerasCall): Mask {
    const value = maskedValue(layer);
    const definition = this.definitionOf(layer);
    const [name = "inputs"] = Object.keys(definition?.fromKeras?.arguments ?? {});
    const first = call.inputs.find(({ argument = 0 }) => argument === 0 || argument === name) ?? call.inputs[0];
    if (first !== undefined && value !== undefined && value !== null) {
      const own = told(first, value);
      return { here: own, keras: own, made: new Set([own]), isFilled: false, isTaken: false };
    }
    if (definition?.traits.mask === undefined || first === undefined) return NONE;
    const { traits } = definition;
    if (traits.merges === true) return this.merged(layer, call, definition);
    const before = this.behind(first, call);
    // Where the query is padded Keras attends to all steps alike, or gives nothing.
    if (traits.attends === true) return { ...before, isFilled: before.isFilled || before.here !== null };
    if (traits.mask === "passes") return before;
    return traits.sequencesField !== undefined && givesSequences(layer, traits.sequencesField) ? { ...before, isFilled: false } : NONE;
  }

  private merged(layer: KerasLayer, call: KerasCall, { traits, fromKeras }: LayerDefinition): Mask {
    const masks = call.inputs.map((input) => this.behind(input, call));
    const made = new Set(masks.flatMap((mask) => [...mask.made]));
    const [here, keras] = [masks.map((mask) => mask.here), masks.map((mask) => mask.keras)];
    const isDropped = layer.other !== undefined;
    const isFilled = masks.some((mask) => mask.isFilled) || (this.fills(layer, fromKeras) && made.size > 0);
    const isTaken = masks.some((mask) => mask.isTaken);
    const axis = traits.axisField === undefined ? undefined : layer.config[traits.axisField];
    if (axis === 1 || axis === -2) {
      const behind = (parts: readonly (string | null)[]) => this.joined.inOrder(parts);
      return { here: behind(here), keras: isDropped ? null : behind(keras), made, isFilled, isTaken };
    }
    const both = this.older
      ? this.joined.where(
          "all",
          keras.filter((one) => one !== null),
        )
      : this.joined.where("any", keras);
    return { here: this.joined.where("any", here), keras: isDropped ? null : both, made, isFilled, isTaken };
  }
}

/** Of a layer around another it is the inner one's option. */
function givesSequences({ config }: KerasLayer, field: string): boolean {
  const { layer } = config as { readonly layer?: { readonly config?: Readonly<Record<string, unknown>> } };
  return (config[field] ?? layer?.config?.[field]) === true;
}
