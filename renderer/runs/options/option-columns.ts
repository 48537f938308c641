/** Options of layers, training and data as columns of the run list: in which ones runs differ, what a cell says, by which names a filter knows them. Pure. */
import type { ListedRun } from "../../../core/protocol/contract/runs.ts";
import { type DesignOption, optionKey } from "../../../core/spec/design-options.ts";
import { hasDesign, saidByOption } from "../../compare/compare-runs.ts";
import { rowTitle, valueText, type Words } from "../../compare/compare-words.ts";
import type { DesignOptions, OptionsOfRuns } from "./known-options.ts";

export type OptionName = Pick<DesignOption, "group" | "owner" | "field" | "type">;

/** `name` is the option's key, which means the same in every design. */
export interface OptionColumn {
  readonly kind: "option";
  readonly name: string;
  readonly option: OptionName;
}

export const columnOf = ({ group, owner, field, type }: OptionName): OptionColumn => ({
  kind: "option",
  name: optionKey({ group, owner, field }),
  option: { group, owner, field, type },
});

interface Seen {
  /** What it is in any of them. */
  readonly found: Set<DesignOption>;
  designs: number;
}

const GROUPS = ["layers", "training", "data"] as const;

/** The options in which these runs differ, with what they are: the rows that a comparison of them would mark. */
export function differingOptions(
  runs: readonly ListedRun[],
  options: OptionsOfRuns,
): readonly { readonly column: OptionColumn; readonly values: readonly DesignOption[] }[] {
  // Runs of one design share its options, and designs with the same options their keys: thousands are gone over without looking anything up.
  const designs = new Map<DesignOptions, boolean>();
  for (const run of runs) {
    const own = options.get(run.id);
    if (own !== undefined) designs.set(own, hasDesign(run));
  }
  const byShape = new Map<DesignOptions["shape"], Seen[]>();
  for (const { shape, values } of designs.keys()) {
    let columns = byShape.get(shape);
    if (columns === undefined) {
      columns = values.map(() => ({ found: new Set(), designs: 0 }));
      byShape.set(shape, columns);
    }
    columns.forEach((column, place) => {
      const value = values[place];
      if (value !== undefined) column.found.add(value);
      column.designs += 1;
    });
  }
  const seen = new Map<string, Seen>();
  for (const [{ keys }, columns] of byShape)
    columns.forEach((column, place) => {
      const key = keys[place] ?? "";
      const known = seen.get(key);
      if (known === undefined) seen.set(key, column);
      else {
        for (const option of column.found) known.found.add(option);
        known.designs += column.designs;
      }
    });
  const networks = [...designs.values()].filter(Boolean).length;
  const differing = [...seen.values()].flatMap(({ found, designs: having }) => {
    const [option] = found;
    if (option === undefined) return [];
    const lacking = having < (option.group === "data" ? designs.size : networks);
    const differs = saidByOption([...found, ...(lacking ? [undefined] : [])], runs) === "differs";
    return differs ? [{ option, found }] : [];
  });
  return GROUPS.flatMap((group) =>
    differing
      .filter(({ option }) => option.group === group)
      .map(({ option, found }) => ({ column: columnOf(option), values: [...found].sort(byValue) })),
  );
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function byValue({ value: a }: DesignOption, { value: b }: DesignOption): number {
  return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(JSON.stringify(a), JSON.stringify(b));
}

export const optionTitle = (option: OptionName, words: Words): string => rowTitle(option, words);
export const optionText = (option: DesignOption | undefined, words: Words): string =>
  option === undefined ? "" : valueText(option, option.value, words);

/** What a column is sorted by: numbers by their size, everything else as it is shown; null where the run has no such option, or it is not set. */
export function optionValue(option: DesignOption | undefined, words: Words): number | string | null {
  if (option === undefined || option.value === null || option.value === undefined) return null;
  return typeof option.value === "number" ? option.value : optionText(option, words);
}

/** As words of a filter are: in small letters, without blanks. */
const plainName = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, "_");

/** How an option is named in a filter, the fullest name first: `dense_1.units`, `units`, and the word that stands for it on the screen. */
export function filterNames(option: OptionName, words: Words): readonly string[] {
  const label = rowTitle(option, words).split(" · ").at(-1) ?? "";
  const names = [`${option.owner === "" ? option.group : option.owner}.${option.field}`, option.field, label].map(plainName);
  return [...new Set(names)];
}

/** What the filter is given of options. */
export interface FilteredOptions {
  /** Keys of the options that a name stands for. */
  readonly keysOf: (name: string) => readonly string[];
  readonly of: (run: ListedRun, key: string) => DesignOption | undefined;
  /** Texts that stand for the value of an option, in small letters without blanks. */
  readonly textsOf: (option: DesignOption) => readonly string[];
}

export function filteredOptions(names: Iterable<OptionName>, options: OptionsOfRuns, words: Words): FilteredOptions {
  const byName = new Map<string, Set<string>>();
  for (const option of names)
    for (const name of filterNames(option, words)) byName.set(name, (byName.get(name) ?? new Set()).add(optionKey(option)));
  return {
    keysOf: (name) => [...(byName.get(name) ?? [])],
    of: (run, key) => options.get(run.id)?.get(key),
    textsOf: (option) => [String(option.value), optionText(option, words)].map(plainName),
  };
}
