/** Two tables on their way to one graph: handed to the host, looked into, and imported with the columns that the person says. */
import { create } from "zustand";
import { AppError } from "../../../core/errors.ts";
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import { type TakenFile, takeFile } from "../../host/files.ts";
import { useDocument } from "../../state/document.ts";
import { host } from "../../state/host.ts";
import { report } from "../../state/toasts.ts";
import { showScreen } from "../../state/view.ts";
import { importTaken } from "../import-data.ts";
import { setGraph } from "./acts.ts";
import { type GraphColumns, likelyColumns, type TablePlace } from "./graph-of.ts";

export interface ChosenTable extends TakenFile {
  readonly columns: MethodOutput<"datasets.look_at_files">["files"][number]["columns"];
}

interface GraphFilesState {
  readonly open: boolean;
  readonly nodes: ChosenTable | null;
  readonly edges: ChosenTable | null;
  readonly columns: GraphColumns;
  readonly busy: boolean;
  readonly error: unknown;
}

const CLOSED: GraphFilesState = {
  open: false,
  nodes: null,
  edges: null,
  columns: { id: "", source: "", target: "", weight: "", directed: false },
  busy: false,
  error: null,
};

export const useGraphFiles = create<GraphFilesState>()(() => CLOSED);

/** Goes up with every change: an answer to an older question is of no use any more. */
let turn = 0;

export function openGraphDialog(): void {
  showScreen("data");
  useGraphFiles.setState({ ...CLOSED, open: true });
}

/** With both tables chosen already. */
export function openGraphOf(nodes: ChosenTable, edges: ChosenTable): void {
  turn += 1;
  useGraphFiles.setState({ ...CLOSED, open: true, nodes, edges });
  const names = ({ columns }: ChosenTable): string[] => columns.map(({ name }) => name);
  setGraphColumns({ ...likelyColumns("nodes", names(nodes)), ...likelyColumns("edges", names(edges)) });
}

export function closeGraphDialog(): void {
  turn += 1;
  useGraphFiles.setState(CLOSED);
}

export function setGraphColumns(change: Partial<GraphColumns>): void {
  useGraphFiles.setState({ columns: { ...useGraphFiles.getState().columns, ...change } });
}

export async function chooseTable(place: TablePlace, file: File): Promise<void> {
  turn += 1;
  const own = turn;
  useGraphFiles.setState({ busy: true, error: null });
  try {
    const taken = await takeFile(file);
    const { files } = await host().call("datasets.look_at_files", { files: [taken] });
    if (own !== turn) return;
    const [found] = files;
    if (found?.kind !== "table") throw new AppError("data.graph_not_a_table", { file: file.name });
    useGraphFiles.setState({ [place]: { ...taken, columns: found.columns }, busy: false });
    setGraphColumns(
      likelyColumns(
        place,
        found.columns.map(({ name }) => name),
      ),
    );
  } catch (error) {
    if (own === turn) useGraphFiles.setState({ busy: false, error });
  }
}

export function confirmGraph(): void {
  const { nodes, edges, columns } = useGraphFiles.getState();
  if (nodes === null || edges === null) return;
  const { id, source, target, weight, directed } = columns;
  closeGraphDialog();
  const asked = { file: edges.file, name: edges.name, id, source, target, weight: weight === "" ? null : weight };
  importTaken({ file: nodes.file, name: nodes.name, edges: asked }, ({ graph }) => {
    const names = new Set(useDocument.getState().design?.data?.columns.map(({ name }) => name));
    if (graph !== undefined && names.has(graph.id) && names.has(graph.links)) setGraph({ kind: "links", ...graph, directed });
  }).catch(report);
}
