/** Keeps the chosen layers as one of the person's own blocks: its name, and which options are asked for when it is used. */
import { useMemo, useState } from "react";
import { type Exposed, exposedAgain, ownBlockOf } from "../../core/blocks/own-block.ts";
import { choiceWord } from "../../core/graph/choice-words.ts";
import type { NodeDocument } from "../../core/graph/document.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { isVisible } from "../../core/schema/fields.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { selectedNodes, useDocument } from "../state/document.ts";
import { keepOwnBlock, useOwnBlocks } from "../state/own-blocks.ts";
import { report, toast } from "../state/toasts.ts";
import { closeDialog } from "../state/view.ts";
import { Field } from "../ui/Field.tsx";
import { FormDialog } from "../ui/FormDialog.tsx";
import { GroupMark } from "../ui/GroupMark.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { newId } from "./edits.ts";
import "./save-block.css";

const keyOf = ({ node, field }: Exposed): string => `${node} ${field}`;

/** The group's name where the chosen layers are one, else that of the first. */
function firstName(nodes: readonly NodeDocument[]): string {
  const ids = new Set(nodes.map(({ id }) => id));
  const groups = useDocument.getState().design?.graph.groups ?? [];
  const group = groups.find(({ node_ids }) => node_ids.length === ids.size && node_ids.every((id) => ids.has(id)));
  return group?.name ?? nodes[0]?.name ?? "";
}

export function SaveBlockDialog() {
  const t = useText();
  const [nodes] = useState(() => selectedNodes());
  const [name, setName] = useState(() => firstName(nodes));
  /** Null until something is ticked: a block that is saved again under its name asks for what it asked for. */
  const [ticked, setTicked] = useState<readonly Exposed[] | null>(null);
  const known = useOwnBlocks((state) => state.blocks.find((block) => block.name === name.trim()));
  const [opened] = useState(() => useDocument.getState().design);
  const before = useMemo(
    () =>
      known === undefined || opened === null
        ? []
        : exposedAgain(
            known,
            opened,
            nodes.map(({ id }) => id),
          ),
    [known, opened, nodes],
  );
  const exposed = ticked ?? before;
  const chosen = useMemo(() => new Set(exposed.map(keyOf)), [exposed]);
  const toggle = (one: Exposed): void =>
    setTicked(chosen.has(keyOf(one)) ? exposed.filter((other) => keyOf(other) !== keyOf(one)) : [...exposed, one]);
  const save = (): void => {
    const { design } = useDocument.getState();
    const called = name.trim();
    if (design === null || called === "") return;
    try {
      const ids = nodes.map(({ id }) => id);
      keepOwnBlock(ownBlockOf(design, ids, { id: known?.id ?? newId(), name: called, exposed }, layerDefinition));
    } catch (thrown) {
      report(thrown);
      return;
    }
    toast((t) => t("blocks.saved", { name: called }));
    closeDialog();
  };
  return (
    <FormDialog
      title={t("blocks.save_title", { count: nodes.length })}
      act={t("blocks.save")}
      disabled={name.trim() === ""}
      onSubmit={save}
      onClose={closeDialog}
    >
      <Field label={t("blocks.name")} {...(known === undefined ? {} : { help: t("blocks.replaces") })}>
        {(control) => (
          <input {...control} className="input" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <fieldset className="block-options">
        <legend>{t("blocks.expose")}</legend>
        <p className="inspector-summary">{t("blocks.expose_text")}</p>
        {nodes.every(({ type }) => Object.keys(layerDefinition(type)?.schema ?? {}).length === 0) && <p>{t("blocks.no_options")}</p>}
        {nodes.map((node) => (
          <LayerOptions key={node.id} node={node} chosen={chosen} onToggle={toggle} />
        ))}
      </fieldset>
    </FormDialog>
  );
}

interface LayerOptionsProps {
  node: NodeDocument;
  chosen: ReadonlySet<string>;
  onToggle: (one: Exposed) => void;
}

function LayerOptions({ node, chosen, onToggle }: LayerOptionsProps) {
  const t = useText();
  const definition = layerDefinition(node.type);
  if (definition === undefined) return null;
  const values = { ...defaultsOf(definition.schema), ...node.config };
  const fields = Object.entries(definition.schema).filter(([, field]) => isVisible(field, values));
  if (fields.length === 0) return null;
  const advanced = fields.filter(([, field]) => field.advanced === true);
  const option = ([field]: readonly [string, unknown]) => (
    <Option
      key={field}
      node={node}
      field={field}
      value={values[field]}
      checked={chosen.has(keyOf({ node: node.id, field }))}
      onToggle={() => onToggle({ node: node.id, field })}
    />
  );
  return (
    <fieldset className="block-layer">
      <legend>
        <GroupMark group={definition.group} icon={definition.icon} /> {node.name}
      </legend>
      <div className="block-grid">{fields.filter(([, field]) => field.advanced !== true).map(option)}</div>
      {advanced.length > 0 && (
        <details>
          <summary>{t("blocks.more_options", { count: advanced.length })}</summary>
          <div className="block-grid">{advanced.map(option)}</div>
        </details>
      )}
    </fieldset>
  );
}

interface OptionProps {
  node: NodeDocument;
  field: string;
  value: unknown;
  checked: boolean;
  onToggle: () => void;
}

function Option({ node, field, value, checked, onToggle }: OptionProps) {
  const language = useLanguage();
  return (
    <label className="block-option">
      <input type="checkbox" checked={checked} onChange={onToggle} />
      <span className="clip">{layerDefinition(node.type)?.texts[language].fields[field]?.label ?? field}</span>
      <span className="mono clip">{choiceWord(field, String(value), language) ?? shown(value)}</span>
    </label>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return Array.isArray(value) ? value.join(" × ") : String(value);
}
