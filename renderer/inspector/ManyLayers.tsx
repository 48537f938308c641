/** Several chosen layers: of one type, their options set together in one act; of several types, which to go on with. */
import { useMemo } from "react";
import type { NodeDocument } from "../../core/graph/document.ts";
import type { LayerDefinition } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { attempt, hasWeights, toggleFreeze } from "../canvas/edits.ts";
import { select, useDocument } from "../state/document.ts";
import { actWords, optionWords } from "../ui/act-words.ts";
import { Button } from "../ui/Button.tsx";
import { SwitchField } from "../ui/Field.tsx";
import { GroupMark } from "../ui/GroupMark.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { commonValues, optionOfMany } from "./many-options.ts";
import { SchemaForm } from "./SchemaForm.tsx";
import { SharedWeights } from "./SharedWeights.tsx";

export function ManyLayers({ nodes }: { nodes: readonly NodeDocument[] }) {
  const t = useText();
  const types = useMemo(() => byType(nodes), [nodes]);
  const [type = ""] = types.keys();
  const definition = types.size === 1 ? layerDefinition(type) : undefined;
  return (
    <div className="inspector-body">
      <div className="inspector-head">
        <h2>{t("inspector.many_title", { count: nodes.length })}</h2>
      </div>
      {definition === undefined ? <Types types={types} /> : <ManyForm nodes={nodes} definition={definition} />}
      {definition !== undefined && hasWeights({ type }) && <SharedWeights nodes={nodes} />}
      {nodes.some(hasWeights) && <FreezeMany nodes={nodes} />}
    </div>
  );
}

function byType(nodes: readonly NodeDocument[]): ReadonlyMap<string, readonly NodeDocument[]> {
  const types = new Map<string, NodeDocument[]>();
  for (const node of nodes) {
    const same = types.get(node.type);
    if (same === undefined) types.set(node.type, [node]);
    else same.push(node);
  }
  return types;
}

function Types({ types }: { types: ReadonlyMap<string, readonly NodeDocument[]> }) {
  const t = useText();
  const language = useLanguage();
  return (
    <>
      <p className="inspector-summary">{t(types.size === 1 ? "canvas.unknown" : "inspector.many_types")}</p>
      <ul className="many-types">
        {[...types].map(([type, nodes]) => {
          const definition = layerDefinition(type);
          const label = definition?.texts[language].label ?? type;
          return (
            <li key={type}>
              <GroupMark group={definition?.group ?? "unknown"} icon={definition?.icon ?? "?"} />
              <span className="clip">{label}</span>
              <span className="number muted">{nodes.length}</span>
              {types.size > 1 && (
                <Button
                  small
                  aria-label={t("inspector.many_only_named", { count: nodes.length, type: label })}
                  onClick={() => select(nodes.map(({ id }) => id))}
                >
                  {t("inspector.many_only")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function ManyForm({ nodes, definition }: { nodes: readonly NodeDocument[]; definition: LayerDefinition }) {
  const t = useText();
  const language = useLanguage();
  const { values, mixed } = useMemo(() => commonValues(nodes, definition.schema), [nodes, definition]);
  const words = definition.texts[language];
  const set = (name: string, value: unknown): void => {
    attempt(
      () => optionOfMany(useDocument.getState().design?.graph.nodes ?? nodes, nodes, definition.schema, name, value),
      actWords("act.config_many", { count: nodes.length, field: optionWords("layer", definition.type, name) }),
      `config ${nodes.length} ${nodes[0]?.id} ${nodes.at(-1)?.id} ${name}`,
    );
  };
  return (
    <>
      <div className="many-type">
        <GroupMark group={definition.group} icon={definition.icon} />
        <span>{words.label}</span>
      </div>
      <p className="inspector-summary">{t("inspector.many_help")}</p>
      <SchemaForm key={definition.type} schema={definition.schema} values={values} mixed={mixed} words={words.fields} onChange={set} />
    </>
  );
}

function FreezeMany({ nodes }: { nodes: readonly NodeDocument[] }) {
  const t = useText();
  const all = useDocument((state) => state.design?.graph.nodes);
  const frozen = useMemo(() => {
    const owners = new Set(nodes.filter(hasWeights).map((node) => node.shared_with ?? node.id));
    const states = new Set((all ?? []).filter(({ id }) => owners.has(id)).map((node) => node.frozen === true));
    return states.size > 1 ? "mixed" : states.has(true);
  }, [nodes, all]);
  return (
    <SwitchField
      label={t("inspector.frozen")}
      help={t("inspector.frozen_help")}
      helpOnLabel
      checked={frozen === true}
      mixed={frozen === "mixed" ? t("inspector.mixed") : null}
      onChange={() => toggleFreeze(nodes)}
    />
  );
}
