/** What a layer comes to in shapes, parameters and work, and what all of them come to. */
import { type ReactNode, useMemo } from "react";
import { receptiveField } from "../../core/checks/receptive-field.ts";
import { listOf } from "../../core/checks/windows.ts";
import type { Problem } from "../../core/graph/problem.ts";
import type { LayerDefinition } from "../../core/layers/layer.ts";
import { axesOf, useAfterwards } from "../state/afterwards.ts";
import { useBatchRows } from "../state/batch-rows.ts";
import { type DocumentState, useDocument } from "../state/document.ts";
import type { NodeFacts } from "../state/findings.ts";
import { shapeInWords } from "../ui/axis-words.ts";
import { formatBytes, formatCount, formatShort } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";
import { ProblemItem, problemKey } from "./ChecksTab.tsx";

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

interface FiguresProps {
  nodeId: string;
  facts: NodeFacts | undefined;
  definition: LayerDefinition | undefined;
}

export function Figures({ nodeId, facts, definition }: FiguresProps) {
  const t = useText();
  const batch = useBatchRows();
  const inputs = useDocument((state) => edgesOfInputs(state, nodeId, definition));
  const output = useDocument((state) => state.design?.graph.edges.find(({ source }) => source === nodeId)?.id ?? "");
  const arriving = useAfterwards((state) =>
    inputs
      .split(";")
      .map((id) => axesOf(state, id))
      .join(";"),
  );
  // Of the first output, which tells those of others too; "" while nothing takes it.
  const leaving = useAfterwards((state) => axesOf(state, output));
  const field = useReceptiveField(nodeId, definition);
  if (facts === undefined) return null;
  const { inputs: comeIn, outputs, parameters, frozenParameters, multiplyAdds, activationElements } = facts.figures;
  const unknown = t("inspector.unknown_here");
  const show = (shapes: readonly (readonly number[])[] | null, axes: string): string =>
    shapes === null || shapes.length === 0
      ? unknown
      : shapes.map((shape, index) => shapeInWords(shape, axes.split(";")[index] ?? "", t)).join("\n");
  const known = outputs !== null;
  const count = formatCount(parameters);
  const weightCount = frozenParameters === 0 ? count : t("inspector.trained_parameters", { count, frozen: formatCount(frozenParameters) });
  return (
    <FigureList label={t("inspector.figures")}>
      {(definition?.ports.inputs.length ?? 1) > 0 && <Figure label={t("inspector.input_shape")}>{show(comeIn, arriving)}</Figure>}
      {(definition?.ports.outputs.length ?? 1) > 0 && <Figure label={t("inspector.output_shape")}>{show(outputs, leaving)}</Figure>}
      {field !== null && (
        <Figure label={t("inspector.receptive_field")} title={t("inspector.receptive_help")}>
          {t("inspector.receptive_of", { field: listOf(field.size), input: listOf(field.input) })}
        </Figure>
      )}
      <Figure label={t("inspector.parameters")}>{known ? weightCount : unknown}</Figure>
      <Figure label={t("inspector.multiply_adds")}>{known ? formatCount(multiplyAdds) : unknown}</Figure>
      <Figure label={t("inspector.activation_memory", { size: batch })}>
        {known ? formatBytes(activationElements * FLOAT_BYTES * batch) : unknown}
      </Figure>
    </FigureList>
  );
}

/** Of layers with a window. While nothing is computed anew (a layer is dragged) neither is this. */
function useReceptiveField(nodeId: string, definition: LayerDefinition | undefined) {
  const propagation = useDocument((state) => state.propagation);
  return useMemo(() => {
    const { design } = useDocument.getState();
    const { window, spreads } = definition?.traits ?? {};
    if ((window === undefined && spreads === undefined) || design === null || propagation === null) return null;
    return receptiveField(design, propagation, nodeId);
  }, [nodeId, definition, propagation]);
}

/** Connections that come in, in the order of ports and then of edges, with semicolons between. */
function edgesOfInputs(state: DocumentState, nodeId: string, definition: LayerDefinition | undefined): string {
  const edges = state.design?.graph.edges.filter((edge) => edge.target === nodeId) ?? [];
  const place = (port: string): number => definition?.ports.inputs.findIndex(({ name }) => name === port) ?? 0;
  return [...edges]
    .sort((a, b) => place(a.target_port) - place(b.target_port))
    .map(({ id }) => id)
    .join(";");
}

const NO_PROBLEMS: readonly Problem[] = [];

/** Of the chosen connection, where nothing else is chosen. */
export function ConnectionFigures({ edgeId }: { edgeId: string }) {
  const t = useText();
  const edge = useDocument(({ design }) => design?.graph.edges.find(({ id }) => id === edgeId));
  const nameOf = (id: string | undefined) => (state: DocumentState) => state.design?.graph.nodes.find((node) => node.id === id)?.name ?? "";
  const from = useDocument(nameOf(edge?.source));
  const to = useDocument(nameOf(edge?.target));
  const shape = useDocument((state) => state.propagation?.edges.get(edgeId)?.shape ?? null);
  const axes = useAfterwards((state) => axesOf(state, edgeId));
  const problems = useDocument((state) => state.propagation?.edges.get(edgeId)?.problems ?? NO_PROBLEMS);
  return (
    <>
      <FigureList label={t("inspector.connection")} titled>
        <Figure label={t("inspector.from")}>{from}</Figure>
        <Figure label={t("inspector.to")}>{to}</Figure>
        <Figure label={t("inspector.shape")}>{shape === null ? t("inspector.unknown_here") : shapeInWords(shape, axes, t)}</Figure>
      </FigureList>
      {problems.length > 0 && (
        <ul className="problem-list" aria-label={t("inspector.checks")}>
          {problems.map((problem) => (
            <ProblemItem key={problemKey(problem)} problem={problem} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Of the design, where no layer is chosen. */
export function NetworkFigures() {
  const t = useText();
  const batch = useBatchRows();
  const totals = useDocument((state) => state.propagation?.totals);
  const step = useAfterwards((state) => state.stepCost);
  if (totals === undefined) return null;
  const count = formatCount(totals.parameters);
  const activations = (rows: number): string =>
    t("inspector.of_activations", { size: formatBytes(totals.activationElements * FLOAT_BYTES * rows) });
  return (
    <FigureList label={t("inspector.network")} titled>
      <Figure label={t("inspector.parameters")}>
        {totals.frozenParameters === 0 ? count : t("inspector.trained_parameters", { count, frozen: formatCount(totals.frozenParameters) })}
      </Figure>
      <Figure label={t("inspector.one_prediction")}>
        {`${t("inspector.of_operations", { count: formatShort(totals.multiplyAdds) })}\n${activations(1)}`}
      </Figure>
      <Figure label={t("inspector.one_step", { size: batch })}>
        {`${t("inspector.about_operations", { count: formatShort(step * batch) })}\n${activations(batch)}`}
      </Figure>
    </FigureList>
  );
}

function FigureList({ label, titled = false, children }: { label: string; titled?: boolean; children: ReactNode }) {
  return (
    <section className="figures" aria-label={label}>
      {titled && <h3>{label}</h3>}
      {children}
    </section>
  );
}

function Figure({ label, title, children }: { label: string; title?: string; children: ReactNode }) {
  return (
    <div className="figure" title={title}>
      <span>{label}</span>
      <b>{children}</b>
    </div>
  );
}
