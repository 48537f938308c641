/** Acts of the data screen: every change of the data section is a command that can be undone, with words for the list of acts. */
import type { ActLabel, ActWords } from "../../core/graph/act-label.ts";
import type {
  AugmentDocument,
  DataDocument,
  GapFillDocument,
  SplitDocument,
  TextAugmentDocument,
  WindowDocument,
} from "../../core/graph/document.ts";

import { withoutRowChoices } from "../../core/graph/row-choices.ts";
import type { ColumnProfile, DatasetProfile } from "../../core/protocol/methods.ts";
import { useDataset } from "../state/dataset.ts";
import { dispatch, endMerge, useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report, toast } from "../state/toasts.ts";
import { underWay } from "../state/under-way.ts";
import { actWords, stepWords } from "../ui/act-words.ts";
import { formatCount } from "../ui/format.ts";
import { type TextKey, textNow } from "../ui/texts.ts";
import { withAugment, withSampling, withTextAugment } from "./augment.ts";
import { type ColumnType, carriedOver, fits, missingSplitColumn, type Role, withLabels, withOnly, withRole, withType } from "./columns.ts";
import { type PreparationChange, withPreparation } from "./preparation.ts";
import {
  type ContentType,
  withContentOption,
  withContentStep,
  withStepAdded,
  withStepColumns,
  withStepMoved,
  withStepOption,
  withStepRemoved,
} from "./steps.ts";
import { withFittingWindow, withGapFill, withoutWindow, withSplit, withWindow, withWindowChange } from "./window.ts";

/** Changes the data section as one act; acts with the same `merge` that follow one another are one. */
export function changeData(label: ActLabel, change: (data: DataDocument) => DataDocument, merge?: string): void {
  const data = useDocument.getState().design?.data;
  if (data === null || data === undefined) return;
  const next = withFittingWindow(change(data));
  if (next !== data) dispatch({ type: "set_data", data: next }, { label, ...(merge === undefined ? {} : { merge }) });
}

/** Learn from the rows that a condition keeps; null: from all. */
export function setFilter(filter: string | null): void {
  const words = filter === null ? actWords("data.act_filter_removed") : actWords("data.act_filter", { filter });
  changeData(words, (data) => {
    const { filter: _, ...rest } = data;
    return filter === null ? rest : { ...rest, filter };
  });
}

/** "adr", or "3 columns". */
export function namedColumns(columns: readonly string[]): string {
  return columns.length === 1 ? (columns[0] ?? "") : textNow()("data.columns_count", { count: formatCount(columns.length) });
}

/** The same for the list of acts, which follows the language. */
export function columnWords(columns: readonly string[]): string | ActWords {
  return columns.length === 1 ? (columns[0] ?? "") : actWords("data.columns_count", { count: formatCount(columns.length) });
}

function label(key: TextKey, columns: readonly string[]): ActWords {
  return actWords(key, { columns: columnWords(columns) });
}

/** Preparations that were proposed and not touched since, by data set: choosing the target then proposes again. */
const proposals = new Map<string, string>();

function contentOf({ columns, steps, split }: DataDocument): string {
  return JSON.stringify([columns, steps, split]);
}

async function propose(id: string, targets: readonly string[]): Promise<DataDocument> {
  const { data } = await host().call("datasets.propose", { id, targets: [...targets] });
  return data;
}

/**
 * Makes a data set the project's own. A design that has a preparation for all its columns keeps it (a template, other
 * options of a generated set); otherwise one is proposed. A file's target is for the person to say: the last column would be a guess.
 */
export async function chooseDataset(profile: DatasetProfile): Promise<void> {
  const { project } = useDocument.getState();
  const proposed = await propose(profile.dataset.id, []);
  const now = useDocument.getState();
  if (now.project === null || now.project.id !== project?.id) return;
  const old = now.design?.data ?? null;
  const kept = old !== null && fits(old, profile);
  const fresh = profile.dataset.kind === "builtin" ? proposed : withoutTarget(proposed);
  const carried = kept ? carriedOver(old, proposed) : fresh;
  // Choices about rows are about those of one data set.
  const isForeign = carried.row_choices !== undefined && carried.row_choices.fingerprint !== profile.dataset.fingerprint;
  const data = isForeign ? withoutRowChoices(carried) : carried;
  if (isForeign) toast((t) => t("rows.forgotten"));
  if (!kept) proposals.set(profile.dataset.id, contentOf(data));
  useDataset.setState({ profile, loading: false, error: null });
  dispatch(
    { type: "set_data", data },
    { label: actWords("data.act_choose", { name: profile.dataset.name }), datasetId: profile.dataset.id },
  );
  const lost = kept ? missingSplitColumn(old, proposed) : null;
  const { name } = profile.dataset;
  if (kept && (now.datasetId === null || lost !== null))
    toast((t) => (lost === null ? t("data.kept_preparation", { name }) : t("data.kept_without_split", { name, column: lost })), {
      label: (t) => t("data.propose_again"),
      run: () => void proposeAgain().catch(report),
    });
}

function withoutTarget(data: DataDocument): DataDocument {
  const targets = data.columns.filter(({ role }) => role === "target").map(({ name }) => name);
  const asFeatures = withRole(data, targets, "feature", profilesNow());
  return { ...asFeatures, split: { ...data.split, method: "random" } };
}

/** Proposes all anew for the targets that are chosen now. */
export async function proposeAgain(): Promise<void> {
  const { datasetId, design } = useDocument.getState();
  if (datasetId === null) return;
  const targets = (design?.data?.columns ?? []).filter(({ role }) => role === "target").map(({ name }) => name);
  await underWay(applyProposal(datasetId, targets, { label: actWords("data.act_propose") }));
}

/** @param mayReplace of the preparation that is there when the proposal comes: where it says no, that one stays */
async function applyProposal(
  datasetId: string,
  targets: readonly string[],
  act: { readonly label: ActLabel; readonly merge?: string },
  mayReplace: (now: DataDocument) => boolean = () => true,
): Promise<void> {
  const proposed = await propose(datasetId, targets);
  const { datasetId: current, design } = useDocument.getState();
  if (current !== datasetId) return;
  const now = design?.data ?? null;
  if (now !== null && !mayReplace(now)) return;
  const bare = targets.length === 0 ? withoutTarget(proposed) : proposed;
  const kept = { ...(now?.row_choices === undefined ? {} : { row_choices: now.row_choices }) };
  const data = { ...bare, ...kept, ...(now?.filter === undefined ? {} : { filter: now.filter }) };
  proposals.set(datasetId, contentOf(data));
  dispatch({ type: "set_data", data }, act);
}

/** The proposal for a target is one act with the choice of it. */
const TARGET_ACT = "data.targets";

/**
 * These are the targets and no others, at once. A preparation that nobody touched yet is proposed again to suit them; where somebody does
 * while the host thinks about it, it stays.
 */
export function setTargets(targets: readonly string[]): void {
  const { datasetId, design } = useDocument.getState();
  const data = design?.data ?? null;
  if (datasetId === null || data === null) return;
  const words = actWords("data.act_target", { columns: targets.length === 0 ? "–" : columnWords(targets) });
  const untouched = proposals.get(datasetId) === contentOf(data);
  endMerge();
  changeData(words, (now) => withTargets(now, targets), TARGET_ACT);
  const chosen = useDocument.getState().design?.data ?? null;
  if (targets.length === 0 || !untouched || chosen === null) return;
  const asked = contentOf(chosen);
  proposals.set(datasetId, asked);
  const mayReplace = (now: DataDocument): boolean => contentOf(now) === asked;
  underWay(applyProposal(datasetId, targets, { label: words, merge: TARGET_ACT }, mayReplace)).catch(report);
}

function withTargets(data: DataDocument, targets: readonly string[]): DataDocument {
  const before = data.columns.filter(({ role }) => role === "target").map(({ name }) => name);
  const gone = before.filter((name) => !targets.includes(name));
  const profiles = profilesNow();
  const chosen = withRole(withRole(data, gone, "feature", profiles), targets, "target", profiles);
  // One output takes the labels of lists alone.
  return targets.length > 1 ? targets.reduce((changed, name) => withLabels(changed, name, null), chosen) : chosen;
}

const profilesNow = (): ReadonlyMap<string, ColumnProfile> =>
  new Map((useDataset.getState().profile?.columns ?? []).map((column) => [column.name, column]));

/** @param separator null: each combination is a class */
export function setLabels(name: string, separator: string | null): void {
  changeData(label("data.act_labels", [name]), (now) => withLabels(now, name, separator));
}

export function setRole(columns: readonly string[], role: Role): void {
  const data = useDocument.getState().design?.data;
  if (data === null || data === undefined) return;
  const targets = data.columns.filter((column) => column.role === "target").map(({ name }) => name);
  if (role === "target") setTargets([...new Set([...targets, ...columns])]);
  else changeData(label("data.act_role", columns), (now) => withRole(now, columns, role, profilesNow()));
}

export function setType(columns: readonly string[], type: ColumnType): void {
  changeData(label("data.act_type", columns), (data) => withType(data, columns, type, profilesNow()));
}

export function setPreparation(columns: readonly string[], change: PreparationChange): void {
  // A burst of typing in one field is one act.
  const merge = `data:${Object.keys(change).join()}:${columns.length}:${columns[0] ?? ""}`;
  changeData(label("data.act_prepare", columns), (data) => withPreparation(data, columns, change), merge);
}

export function keepOnly(columns: readonly string[]): void {
  changeData(label("data.act_use_only", columns), (data) => withOnly(data, columns, profilesNow()));
}

export function setSplit(change: Partial<SplitDocument>): void {
  const merge = `data:split:${Object.keys(change).join()}`;
  changeData(actWords("data.act_split"), (data) => withSplit(data, change), merge);
}

/** The step that makes numbers of these texts or pictures; null for none. */
export function setContentStep(columns: readonly string[], content: ContentType, type: string | null): void {
  changeData(label("data.act_prepare", columns), (data) => withContentStep(data, columns, content, type));
}

export function setContentOption(columns: readonly string[], content: ContentType, name: string, value: unknown): void {
  const merge = `data:content:${name}:${columns.length}:${columns[0] ?? ""}`;
  changeData(label("data.act_prepare", columns), (data) => withContentOption(data, columns, content, name, value), merge);
}

function stepLabel(key: TextKey, index: number): ActWords {
  const type = useDocument.getState().design?.data?.steps[index]?.type ?? "";
  return actWords(key, { step: stepWords(type) });
}

export function addStep(type: string, columns: readonly string[]): void {
  const words = actWords("data.act_step_add", { step: stepWords(type) });
  changeData(words, (data) => withStepAdded(data, type, columns));
}

export function removeStep(index: number): void {
  changeData(stepLabel("data.act_step_remove", index), (data) => withStepRemoved(data, index));
}

export function moveStep(from: number, to: number): void {
  changeData(stepLabel("data.act_step_move", from), (data) => withStepMoved(data, from, to));
}

export function setStepOption(index: number, name: string, value: unknown): void {
  changeData(stepLabel("data.act_step_option", index), (data) => withStepOption(data, index, name, value), `data:step:${index}:${name}`);
}

export function setStepColumns(index: number, columns: readonly string[]): void {
  changeData(stepLabel("data.act_step_option", index), (data) => withStepColumns(data, index, columns));
}

export function toggleWindow(on: boolean): void {
  changeData(actWords("data.act_window"), (data) => (on ? withWindow(data) : withoutWindow(data)));
}

export function setAugment(change: Partial<AugmentDocument>): void {
  const merge = `data:augment:${Object.keys(change).join()}`;
  changeData(actWords("data.act_augment"), (data) => withAugment(data, change), merge);
}

export function setTextAugment(change: Partial<TextAugmentDocument>): void {
  const merge = `data:augment_text:${Object.keys(change).join()}`;
  changeData(actWords("data.act_augment"), (data) => withTextAugment(data, change), merge);
}

export function setSampling(method: "over" | "under" | null): void {
  changeData(actWords("data.act_sampling"), (data) => withSampling(data, method));
}

export function setWindow(change: Partial<WindowDocument>): void {
  const merge = `data:window:${Object.keys(change).join()}`;
  changeData(actWords("data.act_window"), (data) => withWindowChange(data, change), merge);
}

/** Null: gaps of the series are not filled. */
export function setGapFill(change: Partial<GapFillDocument> | null): void {
  const merge = `data:gap_fill:${Object.keys(change ?? {}).join()}`;
  changeData(actWords("data.act_gap_fill"), (data) => withGapFill(data, change), merge);
}
