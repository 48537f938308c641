/**
 * Word vectors for a layer: sent and read by the host with progress, then made the layer's by one act that can be undone; and how
 * many words of the vocabulary they cover, counted anew when data, preparation or seed change. Goes on while other layers are shown.
 */
import { create } from "zustand";
import { errorData } from "../../core/errors.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { attempt } from "../canvas/edits.ts";
import { takeFile } from "../host/files.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report, toastWanted } from "../state/toasts.ts";
import { actWords } from "../ui/act-words.ts";

export type Counted = MethodOutput<"vectors.count">;

export interface Reading {
  readonly nodeId: string;
  readonly name: string;
  readonly stage: "sending" | "reading";
  /** 0 to 1. */
  readonly share: number;
  readonly found: number;
}

interface VectorsState {
  /** One at a time. */
  readonly reading: Reading | null;
  readonly failure: { readonly nodeId: string; readonly name: string; readonly error: unknown } | null;
  /** The last count, and what it was of. */
  readonly counted: { readonly key: string; readonly answer: Counted } | null;
}

export const useVectors = create<VectorsState>()(() => ({ reading: null, failure: null, counted: null }));

let cancel: (() => void) | null = null;

export function cancelReading(): void {
  cancel?.();
}

/** What decides a count: data, preparation, seed, the vectors, and what leads to the layer. */
export function countKey(design: DesignDocument, datasetId: string | null, node: NodeDocument): string {
  const { data, graph } = design;
  const { columns, steps, split, filter } = data ?? { columns: [], steps: [], split: null, filter: null };
  const wires = graph.edges.map(({ source, target }) => `${source}>${target}`);
  return JSON.stringify([datasetId, node.id, node.vectors?.hash, columns, steps, split, filter, design.train["seed"], wires]);
}

export async function chooseVectors(nodeId: string, file: File): Promise<void> {
  const { datasetId, project } = useDocument.getState();
  if (datasetId === null || project === null || useVectors.getState().reading !== null) return;
  const readId = crypto.randomUUID();
  const controller = new AbortController();
  cancel = () => {
    controller.abort();
    host().call("vectors.cancel", { read_id: readId }).catch(report);
  };
  const show = (stage: Reading["stage"], share: number, found: number): void =>
    useVectors.setState({ reading: { nodeId, name: file.name, stage, share, found } });
  const stopListening = host().on("vectors.progress", (event) => {
    if (event.read_id === readId) show("reading", event.bytes / Math.max(1, event.total_bytes), event.found);
  });
  useVectors.setState({ failure: null });
  show("sending", 0, 0);
  try {
    const onProgress = (sent: number, total: number): void => show("sending", sent / Math.max(1, total), 0);
    const taken = await takeFile(file, { onProgress, signal: controller.signal });
    show("reading", 0, 0);
    const { design } = useDocument.getState();
    if (design === null) return;
    const answer = await host().call("vectors.read", { ...taken, dataset_id: datasetId, design, node_id: nodeId, read_id: readId });
    takeOver(project.id, nodeId, answer);
  } catch (thrown) {
    if (!controller.signal.aborted && errorData(thrown).code !== "data.vectors_cancelled")
      useVectors.setState({ failure: { nodeId, name: file.name, error: thrown } });
  } finally {
    stopListening();
    cancel = null;
    useVectors.setState({ reading: null });
  }
}

/** The layer may be gone, or another project open, by the time a large file is read. */
function takeOver(projectId: string, nodeId: string, answer: Counted): void {
  const { project, design } = useDocument.getState();
  const node = project?.id === projectId ? design?.graph.nodes.find(({ id }) => id === nodeId) : undefined;
  if (node === undefined) {
    toastWanted((t) => t("vectors.read_elsewhere", { name: answer.vectors.name }));
    return;
  }
  const label = actWords("act.vectors", { name: node.name, file: answer.vectors.name });
  if (!attempt(() => ({ type: "set_vectors", id: nodeId, vectors: answer.vectors }), label)) return;
  const { design: changed, datasetId } = useDocument.getState();
  const now = changed?.graph.nodes.find(({ id }) => id === nodeId);
  if (changed !== null && now !== undefined) useVectors.setState({ counted: { key: countKey(changed, datasetId, now), answer } });
}

export function removeVectors(node: NodeDocument): void {
  useVectors.setState({ failure: null });
  attempt(() => ({ type: "set_vectors", id: node.id, vectors: null }), actWords("act.vectors_removed", { name: node.name }));
}

/** A burst of changes is counted once. */
const COUNT_AFTER_MS = 400;

/**
 * Counts for the design as it is now; an answer for a design that has changed since is dropped.
 * @throws AppError of vectors.count
 */
export async function countAgain(node: NodeDocument, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, COUNT_AFTER_MS));
  const { design, datasetId } = useDocument.getState();
  if (signal.aborted || design === null || datasetId === null) return;
  const key = countKey(design, datasetId, node);
  const answer = await host().call("vectors.count", { dataset_id: datasetId, design, node_id: node.id });
  const now = useDocument.getState();
  const same = now.design?.graph.nodes.find(({ id }) => id === node.id);
  if (now.design !== null && same !== undefined && countKey(now.design, now.datasetId, same) === key)
    useVectors.setState({ counted: { key, answer } });
}
