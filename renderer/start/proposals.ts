/** "New from my data": reads a data set, asks what comes out of its preparation, and proposes networks (core/proposals). */

import { AppError } from "../../core/errors.ts";
import type { DesignDocument, GapFillDocument } from "../../core/graph/document.ts";
import type { Proposal } from "../../core/proposals/facts.ts";
import { proposeNetworks } from "../../core/proposals/propose-networks.ts";
import { laidOut } from "../../core/proposals/series.ts";
import type { DatasetProfile, MethodOutput } from "../../core/protocol/methods.ts";
import { withGapFill } from "../data/window.ts";
import { takeFile } from "../host/files.ts";
import { createProject } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { closeDialog, showInspectorTab, showScreen } from "../state/view.ts";
import { emptyDesign } from "./empty-design.ts";

export interface Proposed {
  readonly profile: DatasetProfile;
  /** The column that is to be predicted. */
  readonly target: string;
  /** Columns that were left out here, because they give the target away. */
  readonly ignored: readonly string[];
  readonly proposals: readonly Proposal[];
}

/** The column that most likely is to be predicted; empty where there is none. */
export async function likelyTarget({ dataset: { id } }: DatasetProfile): Promise<string> {
  const { data } = await host().call("datasets.propose", { id, targets: [] });
  return data.columns.find(({ role }) => role === "target")?.name ?? "";
}

/** @param target what is to be predicted; empty where the data have nothing to predict */
export async function proposeFor(
  profile: DatasetProfile,
  target: string,
  ignored: readonly string[],
  signal: AbortSignal,
): Promise<Proposed> {
  const { id } = profile.dataset;
  const answer = await host().call("datasets.propose", { id, targets: target === "" ? [] : [target] });
  const columns = answer.data.columns.map((column) => (ignored.includes(column.name) ? { ...column, role: "ignored" as const } : column));
  const data = { ...answer.data, columns };
  const found = await layout(id, { ...emptyDesign(""), data: laidOut(data) }, signal);
  const proposals = proposeNetworks({
    data,
    features: found.features,
    classCount: found.class_count,
    trainingRows: found.training_rows,
    columns: profile.columns,
    rowCount: profile.dataset.row_count,
  });
  return { profile, target, ignored, proposals };
}

interface Reading {
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** @throws AppError of sending and of datasets.import, data.import_cancelled */
export async function readFile(file: File, { onProgress, signal }: Reading): Promise<DatasetProfile> {
  const importId = crypto.randomUUID();
  const taken = await takeFile(file, { signal, onProgress: (sent, total) => onProgress(total === 0 ? 0 : sent / total / 2) });
  const cancel = (): void => void host().call("datasets.cancel_import", { import_id: importId });
  signal.addEventListener("abort", cancel, { once: true });
  const stop = host().on("import.progress", ({ import_id, bytes, total_bytes }) => {
    if (import_id === importId) onProgress(0.5 + (total_bytes === 0 ? 0 : bytes / total_bytes / 2));
  });
  try {
    return await host().call("datasets.import", { ...taken, import_id: importId });
  } finally {
    stop();
    signal.removeEventListener("abort", cancel);
  }
}

/** @throws AppError of datasets.layout, data.layout_cancelled */
async function layout(id: string, design: DesignDocument, signal: AbortSignal): Promise<MethodOutput<"datasets.layout">> {
  const task_id = crypto.randomUUID();
  const cancel = (): void => void host().call("datasets.cancel_layout", { task_id }).catch(report);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const found = await host().call("datasets.layout", { id, design, task_id });
    // Cancelled between two questions, or too late to be heard.
    if (signal.aborted) throw new AppError("data.layout_cancelled");
    return found;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

/** How large a graph of texts is, is known when it was made: the shapes of the network follow from it. */
async function withGraphCounted(design: DesignDocument, id: string, signal: AbortSignal): Promise<DesignDocument> {
  const { data } = design;
  if (data?.graph === undefined) return design;
  const { graph } = await layout(id, design, signal);
  return graph === undefined ? design : { ...design, data: { ...data, graph: { ...data.graph, ...graph } } };
}

/** One click: a project with the network, the data and everything that a run needs. */
export async function takeProposal({ profile }: Proposed, proposal: Proposal, signal: AbortSignal): Promise<void> {
  const name = profile.dataset.name.replace(/(\.(csv|tsv|txt|xlsx|parquet|jsonl?|zip))?(\.gz)?$/i, "").slice(0, 200);
  const design = await withGraphCounted(proposal.design, profile.dataset.id, signal);
  await createProject({ ...design, name }, profile.dataset.id, signal);
  closeDialog();
  showInspectorTab("layer");
  showScreen("designer");
}

/** @param fill null: gaps are not filled, whatever was proposed */
export function withFilledGaps(proposals: readonly Proposal[], fill: GapFillDocument | null): readonly Proposal[] {
  return proposals.map((proposal) => {
    const { data } = proposal.design;
    return data === null ? proposal : { ...proposal, design: { ...proposal.design, data: withGapFill(data, fill) } };
  });
}
