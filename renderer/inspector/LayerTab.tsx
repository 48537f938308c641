/** The chosen layer: its name, the form of its options, and what it comes to in shapes, parameters and work. */
import { memo, useState } from "react";
import type { Command } from "../../core/graph/command.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import { sameLayer } from "../../core/graph/same-meaning.ts";
import { sharersOf } from "../../core/graph/sharing.ts";
import type { LayerDefinition } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { attempt, hasWeights, rename, toggleFreeze } from "../canvas/edits.ts";
import { FindingNote } from "../insight/FindingNote.tsx";
import { useDocument } from "../state/document.ts";
import type { NodeFacts } from "../state/findings.ts";
import { sweepThis } from "../sweeps/sweep-draft.ts";
import { actWords, optionWords } from "../ui/act-words.ts";
import { Field, SwitchField } from "../ui/Field.tsx";
import { GroupMark } from "../ui/GroupMark.tsx";
import { Empty } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { ProblemItem, problemKey } from "./ChecksTab.tsx";
import { ConnectionFigures, Figures, NetworkFigures } from "./Figures.tsx";
import { HelpCard } from "./HelpCard.tsx";
import { ManyLayers } from "./ManyLayers.tsx";
import { SchemaForm } from "./SchemaForm.tsx";
import { SharedWeights } from "./SharedWeights.tsx";
import { VectorsPanel } from "./VectorsPanel.tsx";

export function LayerTab() {
  const t = useText();
  const nodes = useDocument(({ design, selection }) => unmoved(chosenOf(design, selection)));
  const [node] = nodes;
  const facts = useDocument((state) => (node === undefined ? undefined : state.facts.get(node.id)));
  const edgeId = useDocument(({ design, selection }) => chosenEdge(design, selection));
  if (node === undefined)
    return (
      <>
        {edgeId !== null && <ConnectionFigures edgeId={edgeId} />}
        <Empty icon="settings" title={t("inspector.nothing_title")}>
          {t("inspector.nothing_text")}
        </Empty>
        <NetworkFigures />
      </>
    );
  if (nodes.length > 1) return <ManyLayers nodes={nodes} />;
  return <LayerForm key={node.id} node={node} facts={facts} />;
}

/** The only thing chosen, if it is a connection. */
function chosenEdge(design: DesignDocument | null, selection: ReadonlySet<string>): string | null {
  const [id] = selection;
  return selection.size === 1 && id !== undefined && design?.graph.edges.some((edge) => edge.id === id) === true ? id : null;
}

/** The chosen layers of a design; asked several times of the same one. */
function chosenOf(design: DesignDocument | null, selection: ReadonlySet<string>): readonly NodeDocument[] {
  const nodes = design?.graph.nodes ?? NO_NODES;
  if (nodes === asked.nodes && selection === asked.selection) return asked.chosen;
  asked = { nodes, selection, chosen: selection.size === 0 ? NO_NODES : nodes.filter((node) => selection.has(node.id)) };
  return asked.chosen;
}

const NO_NODES: readonly NodeDocument[] = [];
const NO_ARRIVALS = { inputs: [], portNames: [] };
let asked: { nodes: readonly NodeDocument[]; selection: ReadonlySet<string>; chosen: readonly NodeDocument[] } = {
  nodes: NO_NODES,
  selection: new Set(),
  chosen: NO_NODES,
};
let shown: readonly NodeDocument[] = NO_NODES;

/** The same list while the layers differ in their places at most: what is shown here does not change while they are dragged. */
function unmoved(nodes: readonly NodeDocument[]): readonly NodeDocument[] {
  const same = (node: NodeDocument, index: number): boolean => shown[index] !== undefined && sameLayer(shown[index], node);
  if (nodes !== shown && !(nodes.length === shown.length && nodes.every(same))) shown = nodes;
  return shown;
}

const LayerForm = memo(function LayerForm({ node, facts }: { node: NodeDocument; facts: NodeFacts | undefined }) {
  const t = useText();
  const language = useLanguage();
  const definition = layerDefinition(node.type);
  const words = definition?.texts[language];
  return (
    <div className="inspector-body">
      <div className="inspector-head">
        <GroupMark group={definition?.group ?? "unknown"} icon={definition?.icon ?? "?"} />
        <h2>{words?.label ?? t("canvas.unknown")}</h2>
      </div>
      <p className="inspector-summary">{words?.summary ?? t("canvas.unknown_text", { type: node.type })}</p>
      <FindingNote nodeId={node.id} />
      {definition !== undefined && <HelpCard definition={definition} node={node} arrivals={facts?.figures ?? NO_ARRIVALS} />}
      {(facts?.problems.length ?? 0) > 0 && (
        <ul className="problem-list">
          {facts?.problems.map((problem) => (
            <ProblemItem key={problemKey(problem)} problem={problem} />
          ))}
        </ul>
      )}
      <NameField node={node} />
      {hasWeights(node) && <SharedWeights nodes={[node]} />}
      {hasWeights(node) && <FreezeField node={node} />}
      {definition !== undefined && words !== undefined && (
        <SchemaForm
          schema={definition.schema}
          values={{ ...defaultsOf(definition.schema), ...node.config }}
          words={words.fields}
          onChange={(name, value) => setOption(node, definition, name, value)}
          {...(node.shared_with === null ? { onSweep: (option: string) => sweepThis({ of: "layer", node_id: node.id, option }) } : {})}
        />
      )}
      {definition?.traits.wordVectors !== undefined && <VectorsPanel node={node} />}
      <Figures nodeId={node.id} facts={facts} definition={definition} />
    </div>
  );
});

function FreezeField({ node }: { node: NodeDocument }) {
  const t = useText();
  const frozen = useDocument((state) => state.design?.graph.nodes.find(({ id }) => id === (node.shared_with ?? node.id))?.frozen === true);
  return (
    <SwitchField
      label={t("inspector.frozen")}
      help={t("inspector.frozen_help")}
      helpOnLabel
      checked={frozen}
      onChange={() => toggleFreeze([node])}
    />
  );
}

/** A value equal to the default is taken out again: a design holds only what differs. Layers that share weights have the same options. */
function setOption(node: NodeDocument, definition: LayerDefinition, name: string, value: unknown): void {
  const isDefault = JSON.stringify(definition.schema[name]?.default) === JSON.stringify(value);
  const set = (id: string): Command => ({
    type: "set_config",
    id,
    config: isDefault ? {} : { [name]: value },
    ...(isDefault ? { unset: [name] } : {}),
  });
  const open = useDocument.getState().design;
  const sharers = open === null ? [] : sharersOf(open, node.id);
  attempt(
    () => (sharers.length > 1 ? { type: "batch", commands: sharers.map(({ id }) => set(id)) } : set(node.id)),
    actWords("act.config", { name: node.name, field: optionWords("layer", node.type, name) }),
    `config ${node.id} ${name}`,
  );
}

function NameField({ node }: { node: NodeDocument }) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const taken = useDocument(
    (state) => state.design?.graph.nodes.some((other) => other.id !== node.id && other.name === draft?.trim()) ?? false,
  );
  const wrong =
    draft === null
      ? null
      : draft.trim() === ""
        ? t("inspector.name_empty")
        : taken
          ? t("inspector.name_taken", { name: draft.trim(), old: node.name })
          : null;
  const finish = (): void => {
    if (draft !== null && wrong === null) rename(node.id, draft);
    setDraft(null);
  };
  return (
    <Field label={t("inspector.name")} wrong={wrong}>
      {(control) => (
        <input
          {...control}
          className="input"
          maxLength={128}
          value={draft ?? node.name}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (typedKey(event) === "Enter") finish();
            if (typedKey(event) === "Escape") setDraft(null);
          }}
        />
      )}
    </Field>
  );
}
