/**
 * Which members a group has, and which come next. Of folds, seeds, grids and random search all are known from the plan; a
 * search that learns looks at how the earlier ones did. The same plan and the same results give the same members, so a
 * group that was torn away goes on where it was.
 */
import { Random } from "../data/random.ts";
import { countOf, drawValue, gridValues, valueNumber } from "./draw.ts";
import { type Dimension, dimensionKey, type GroupPlan, type MemberOptions, type SweepPlan } from "./plan.ts";
import { type FinishedTrial, proposeTrial } from "./tpe.ts";

/** Seeds are whole numbers below this. */
const SEEDS = 2 ** 32;

/** A proposal costs a look at every trial before it, so that it is made again only so often; a draw costs nothing. */
const PROPOSALS = 10;
const DRAWS = 1000;

/** A group beyond this is a mistake: it would take years. */
export const MOST_MEMBERS = 5000;

export interface Member {
  /** Place in the group, from 0. */
  readonly index: number;
  readonly options: MemberOptions;
}

export interface KnownMember extends Member {
  readonly ended: boolean;
  /** The figure that the plan looks at; null when it has none (yet). */
  readonly figure: number | null;
}

/** Trials × seeds, folds, bags, or seeds. */
export function memberCount(plan: GroupPlan): number {
  if (plan.kind === "folds") return plan.folds;
  if (plan.kind === "seeds") return plan.seeds.length;
  return plan.kind === "ensemble" ? plan.bags : trialCount(plan) * plan.seeds.length;
}

export function trialCount(plan: SweepPlan): number {
  const { without = [] } = plan;
  const left = new Set(without.flatMap((one) => Object.keys(one)));
  const countWhere = (named: boolean): number =>
    plan.dimensions
      .filter((dimension) => left.has(dimensionKey(dimension)) === named)
      .reduce((product, dimension) => product * (plan.method === "grid" ? gridValues(dimension.values).length : countOf(dimension)), 1);
  const all = without.length === 0 ? countWhere(false) : countWhere(false) * (countWhere(true) - without.length);
  // Of finitely many settings no search tries one twice: with the same seeds it would come to the same bits.
  return Math.min(plan.trials, all);
}

/**
 * Members that are to be queued now.
 * @param known  those that were made already, in any order
 * @param atOnce how many of a learning search may be under way
 */
export function nextMembers(plan: GroupPlan, known: readonly KnownMember[], atOnce: number): readonly Member[] {
  const made = new Set(known.map(({ index }) => index));
  if (plan.kind !== "sweep" || plan.method !== "tpe") return allMembers(plan).filter(({ index }) => !made.has(index));
  return nextOfTpe(plan, known, made, atOnce);
}

function allMembers(plan: GroupPlan): readonly Member[] {
  switch (plan.kind) {
    case "folds":
      return Array.from({ length: plan.folds }, (_, fold) => ({ index: fold, options: { fold } }));
    case "seeds":
      return plan.seeds.map((seed, index) => ({ index, options: { seed } }));
    case "sweep":
      return (plan.method === "grid" ? gridTrials(plan) : randomTrials(plan)).flatMap((options, trial) => membersOf(plan, trial, options));
    case "ensemble":
      return Array.from({ length: plan.bags }, (_, bag) => ({ index: bag, options: { bag, seed: (plan.seed + bag) % SEEDS } }));
    default:
      return plan satisfies never;
  }
}

/** A trial trained with each of the seeds. With one seed of the design nothing is said about it. */
function membersOf({ seeds }: SweepPlan, trial: number, options: MemberOptions): Member[] {
  return seeds.map((seed, place) => ({ index: trial * seeds.length + place, options: { ...options, seed } }));
}

/** The last dimension changes fastest. */
function gridTrials(plan: SweepPlan): readonly MemberOptions[] {
  const lists = plan.dimensions.map((dimension) => ({ key: dimensionKey(dimension), values: gridValues(dimension.values) }));
  const [count, isLeftOut] = [trialCount(plan), leftOutOf(plan)];
  const trials: MemberOptions[] = [];
  const all = lists.reduce((product, { values }) => product * values.length, 1);
  for (let place = 0; place < all && trials.length < count; place += 1) {
    let rest = place;
    const options: Record<string, unknown> = {};
    for (const { key, values } of [...lists].reverse()) {
      options[key] = values[rest % values.length];
      rest = Math.floor(rest / values.length);
    }
    if (!isLeftOut(options)) trials.push(options);
  }
  return trials;
}

function leftOutOf({ without = [] }: SweepPlan): (options: MemberOptions) => boolean {
  const keys = Object.keys(without[0] ?? {});
  const textOf = (options: MemberOptions): string => JSON.stringify(keys.map((key) => options[key]));
  const texts = new Set(without.map(textOf));
  return (options) => keys.length > 0 && texts.has(textOf(options));
}

/** A setting, whatever the seed. */
function settingOf({ dimensions }: SweepPlan): (options: MemberOptions) => string {
  const keys = dimensions.map(dimensionKey);
  return (options) => JSON.stringify(keys.map((key) => options[key]));
}

/** Trials drawn one after the other, each from a stream of its own; one that was drawn before is drawn again. */
function randomTrials(plan: SweepPlan): readonly MemberOptions[] {
  const drawn = new Set<string>();
  const isLeftOut = leftOutOf(plan);
  return Array.from({ length: trialCount(plan) }, (_, trial) => {
    const random = new Random(plan.seed, trial);
    let options = drawTrial(plan.dimensions, random);
    const again = (): boolean => isLeftOut(options) || drawn.has(JSON.stringify(options));
    for (let attempt = 0; again() && attempt < 1000; attempt += 1) options = drawTrial(plan.dimensions, random);
    drawn.add(JSON.stringify(options));
    return options;
  });
}

function drawTrial(dimensions: readonly Dimension[], random: Random): MemberOptions {
  return Object.fromEntries(dimensions.map((dimension) => [dimensionKey(dimension), drawValue(dimension.values, random)]));
}

function nextOfTpe(plan: SweepPlan, known: readonly KnownMember[], made: ReadonlySet<number>, atOnce: number): readonly Member[] {
  const next: Member[] = [];
  let going = known.filter(({ ended }) => !ended).length;
  const count = trialCount(plan);
  const setting = settingOf(plan);
  const tried = new Set(known.map(({ options }) => setting(options)));
  for (let trial = 0; trial < count && going < atOnce; trial += 1) {
    const first = trial * plan.seeds.length;
    const begun = known.find(({ index }) => Math.floor(index / plan.seeds.length) === trial);
    const missing = plan.seeds.map((_, place) => first + place).filter((index) => !made.has(index));
    if (missing.length === 0) continue;
    const { seed: _seed, ...settings } = begun?.options ?? {};
    const options = begun === undefined ? proposedTrial(plan, known, trial, tried) : settings;
    // The last ones may have been tried by a search of before, which tried some twice.
    if (options === null) break;
    tried.add(setting(options));
    next.push(...membersOf(plan, trial, options).filter(({ index }) => !made.has(index)));
    going += missing.length;
  }
  return next;
}

/** What cannot be trained or was tried is proposed again, then drawn by chance, then the first that is left; null where none is. */
function proposedTrial(plan: SweepPlan, known: readonly KnownMember[], trial: number, tried: ReadonlySet<string>): MemberOptions | null {
  const random = new Random(plan.seed, trial);
  const [isLeftOut, setting, finished] = [leftOutOf(plan), settingOf(plan), finishedTrials(plan, known)];
  const isFree = (options: MemberOptions): boolean => !isLeftOut(options) && !tried.has(setting(options));
  for (let attempt = 0; attempt < PROPOSALS + DRAWS; attempt += 1) {
    const isProposed = attempt < PROPOSALS;
    const options = isProposed ? proposeTrial(plan.dimensions, finished, random) : drawTrial(plan.dimensions, random);
    if (isFree(options)) return options;
  }
  return firstOf(plan, isFree);
}

/** Of finitely many settings the first that will do; the last dimension changes fastest. */
function firstOf({ dimensions }: SweepPlan, isFree: (options: MemberOptions) => boolean): MemberOptions | null {
  const counts = dimensions.map(countOf);
  const all = counts.reduce((product, count) => product * count, 1);
  if (!Number.isFinite(all)) return null;
  for (let place = 0; place < all; place += 1) {
    let rest = place;
    const options: Record<string, unknown> = {};
    for (let k = dimensions.length - 1; k >= 0; k -= 1) {
      const [dimension, count] = [dimensions[k] as Dimension, counts[k] as number];
      options[dimensionKey(dimension)] = valueNumber(dimension.values, rest % count);
      rest = Math.floor(rest / count);
    }
    if (isFree(options)) return options;
  }
  return null;
}

/** Trials all of whose seeds have ended, with the mean of their figures turned so that smaller is better. */
export function finishedTrials(plan: SweepPlan, known: readonly KnownMember[]): readonly FinishedTrial[] {
  const byTrial = new Map<number, KnownMember[]>();
  for (const member of known) {
    const trial = Math.floor(member.index / plan.seeds.length);
    byTrial.set(trial, [...(byTrial.get(trial) ?? []), member]);
  }
  return [...byTrial.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, members]) => {
      if (members.length < plan.seeds.length || members.some(({ ended }) => !ended)) return [];
      const figures = members.map(({ figure }) => figure ?? Number.NaN);
      const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
      return [{ options: members[0]?.options ?? {}, loss: plan.better === "low" ? mean : -mean }];
    });
}
