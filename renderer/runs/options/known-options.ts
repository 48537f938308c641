/** Options of runs as pages of them bring these: each option once, the keys of designs with the same options once, so that thousands take little. Pure. */
import type { ListedRun } from "../../../core/protocol/contract/runs.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { type DesignOption, optionKey } from "../../../core/spec/design-options.ts";
import { isOptionOf } from "../../compare/compare-runs.ts";

type Said = MethodOutput<"runs.options">;
/** By the run's id; what is not there was not read. */
export type OptionsOfRuns = ReadonlyMap<string, DesignOptions>;

/** The keys of a design's options, in their order. */
interface Shape {
  readonly keys: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

/** The options of a design. Equal options are the same object, and so are the shapes of designs that have the same ones. */
export class DesignOptions {
  readonly shape: Shape;
  readonly values: readonly DesignOption[];

  constructor(shape: Shape, values: readonly DesignOption[]) {
    this.shape = shape;
    this.values = values;
  }

  get(key: string): DesignOption | undefined {
    const place = this.shape.places.get(key);
    return place === undefined ? undefined : this.values[place];
  }
}

export class KnownOptions {
  readonly #options = new Map<string, DesignOptions>();
  readonly #names = new Map<string, DesignOption>();
  /** Options as they came and their keys, by their text. */
  readonly #same = new Map<string, { readonly option: DesignOption; readonly key: string }>();
  readonly #shapes = new Map<string, Shape>();

  /** Of each run that was asked for. */
  get options(): OptionsOfRuns {
    return this.#options;
  }

  /** Each option that any of them has, by its key. */
  get names(): ReadonlyMap<string, DesignOption> {
    return this.#names;
  }

  /** @param page the runs that were asked for: those of which nothing is said are gone, and have none */
  put(page: readonly ListedRun[], { options, designs, runs }: Said): void {
    const same = options.map((said) => this.#one(said));
    const placeOf = new Map(runs.map(({ id, design }) => [id, design]));
    // One for the networks of a design, and one for its baselines and ensembles.
    const made = new Map<string, DesignOptions>();
    for (const run of page) {
      const place = placeOf.get(run.id) ?? -1;
      const isWhole = isOptionOf(run, { group: "training" });
      const name = `${place} ${isWhole}`;
      const known = made.get(name);
      if (known === undefined) {
        const all = (designs[place] ?? []).flatMap((option) => same[option] ?? []);
        made.set(name, this.#design(isWhole ? all : all.filter(({ option }) => isOptionOf(run, option))));
      }
      const own = made.get(name);
      if (own !== undefined) this.#options.set(run.id, own);
    }
  }

  #design(all: readonly { readonly option: DesignOption; readonly key: string }[]): DesignOptions {
    const keys = all.map(({ key }) => key);
    const name = keys.join("\n");
    let shape = this.#shapes.get(name);
    if (shape === undefined) {
      shape = { keys, places: new Map(keys.map((key, place) => [key, place])) };
      this.#shapes.set(name, shape);
    }
    return new DesignOptions(
      shape,
      all.map(({ option }) => option),
    );
  }

  #one({ is_default, is_idle, ...said }: Said["options"][number]): { readonly option: DesignOption; readonly key: string } {
    const option: DesignOption = {
      ...said,
      ...(is_default === true ? { isDefault: is_default } : {}),
      ...(is_idle === true ? { isIdle: is_idle } : {}),
    };
    const text = JSON.stringify(option);
    const known = this.#same.get(text);
    if (known !== undefined) return known;
    const made = { option, key: optionKey(option) };
    this.#same.set(text, made);
    if (!this.#names.has(made.key)) this.#names.set(made.key, option);
    return made;
  }
}
