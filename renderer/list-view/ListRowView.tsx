// biome-ignore-all lint/a11y/useSemanticElements: a table has neither levels nor rows that open
// biome-ignore-all lint/a11y/useFocusableInteractive: the row has the focus, its cells are read with it
/** One row of the list: a layer with what it takes, gives and costs, a group that opens and closes, or a note. */
import { type MouseEvent, memo } from "react";
import type { Problem } from "../../core/graph/problem.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { annotationName, TextEditor } from "../canvas/AnnotationNode.tsx";
import { useCanvas } from "../canvas/canvas-state.ts";
import { toggleCollapse } from "../canvas/group-edits.ts";
import { NameInput } from "../canvas/NameInput.tsx";
import { nameOfPlace } from "../inspector/problem-place.ts";
import { axesOf, useAfterwards } from "../state/afterwards.ts";
import { useDocument } from "../state/document.ts";
import type { NodeFacts } from "../state/findings.ts";
import { batchInShort, shapeInWords } from "../ui/axis-words.ts";
import { IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { formatCount, formatShape } from "../ui/format.ts";
import { GroupMark } from "../ui/GroupMark.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Menu } from "../ui/Menu.tsx";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";
import type { Links, ListRow } from "./list-rows.ts";
import { rowEntries } from "./row-acts.ts";

interface ListRowProps {
  row: ListRow;
  /** From 0, among the rows in the list. */
  index: number;
  links: Links;
  /** Of the layer, or of all layers of the group. */
  facts: readonly (NodeFacts | undefined)[];
  /** What is wrong with connections that lead to them. */
  connections: readonly (readonly Problem[])[];
  selected: boolean;
  /** Whether Tab comes here. */
  reached: boolean;
  onPoint: (id: string, event: { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }) => void;
  onReach: (id: string) => void;
}

export const ListRowView = memo(function ListRowView(props: ListRowProps) {
  const { row, index, links, facts, connections, selected, reached, onPoint, onReach } = props;
  const t = useText();
  const problems = [...facts.flatMap((each) => each?.problems ?? []), ...connections.flat()];
  const worst = problems.find(({ severity }) => severity === "error") ?? problems[0];
  const parameters = facts.reduce((sum, each) => sum + (each?.figures.parameters ?? 0), 0);
  const known = facts.every((each) => each?.figures.outputs != null);
  const outputs = row.kind === "layer" ? facts[0]?.figures.outputs : null;
  const isNote = row.kind === "note";
  const name = row.kind === "layer" ? row.node.name : row.kind === "group" ? row.group.name : annotationName(row.note, t);
  /** A menu means its row: what is chosen with it stays so. */
  const choose = (): void => {
    if (!selected) onPoint(row.id, { shiftKey: false, ctrlKey: false, metaKey: false });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid around the rows, as its pattern asks
    <div
      role="row"
      className={["list-row", selected ? "selected" : "", worst?.severity ?? ""].filter(Boolean).join(" ")}
      data-layer-row={row.id}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-rowindex={index + 2}
      aria-selected={selected}
      {...(row.kind === "group" ? { "aria-expanded": !row.group.collapsed } : {})}
      tabIndex={reached ? 0 : -1}
      draggable={row.kind === "layer"}
      onClick={(event) => isOnRow(event) && onPoint(row.id, event)}
      onContextMenu={choose}
      onFocus={() => onReach(row.id)}
    >
      <NameCell row={row} />
      <span role="gridcell" className="clip">
        {row.kind === "group" && t("list.group", { count: row.group.node_ids.length })}
        {row.kind === "layer" && <TypeWords row={row} />}
        {isNote && t(row.note.kind === "frame" ? "list.frame" : "list.note")}
      </span>
      <LinkCell names={isNote ? null : links.inputs} />
      <LinkCell names={isNote ? null : links.outputs} />
      <ShapeCell shapes={outputs ?? null} edgeId={row.kind === "layer" ? links.firstOutput : null} expected={row.kind === "layer"} />
      <span role="gridcell" className="mono right">
        {isNote ? "" : known ? formatCount(parameters) : "–"}
      </span>
      <span role="gridcell" className="clip list-problem">
        {worst === undefined ? (
          <span className="visually-hidden">{t("list.fine")}</span>
        ) : (
          <ProblemWords worst={worst} count={problems.length} t={t} />
        )}
      </span>
      <span role="gridcell" className="list-acts">
        <Menu
          trigger={<IconButton small icon="more" label={t("list.acts_of", { name })} tabIndex={reached ? 0 : -1} />}
          onOpen={choose}
          entries={() => rowEntries(row, t)}
        />
      </span>
    </div>
  );
});

/** Not on the button of its menu, nor in the menu, whose clicks come here though it is drawn elsewhere: what that chose stays chosen. */
const isOnRow = ({ target, currentTarget }: MouseEvent): boolean =>
  target instanceof Element && currentTarget.contains(target) && target.closest(".list-acts") === null;

/** The shapes that come out, and, where a connection tells them, the names of the axes below. */
function ShapeCell({ shapes, edgeId, expected }: { shapes: readonly Shape[] | null; edgeId: string | null; expected: boolean }) {
  const t = useText();
  const axes = useAfterwards((state) => (edgeId === null ? "" : axesOf(state, edgeId)));
  const [only] = shapes ?? [];
  if (shapes?.length !== 1 || only === undefined)
    return (
      <span role="gridcell" className="clip mono">
        {shapes?.map((shape) => formatShape(shape)).join(", ") ?? (expected ? "–" : "")}
      </span>
    );
  const words = shapeInWords(only, axes, t);
  return (
    <span role="gridcell" className="list-shape" title={words} aria-label={words}>
      <span className="clip mono">{formatShape(only)}</span>
      <span className="clip list-axes">{batchInShort(only, axes, t)}</span>
    </span>
  );
}

function NameCell({ row }: { row: ListRow }) {
  const t = useText();
  const renaming = useCanvas((state) => row.kind !== "note" && state.renaming === row.id);
  if (row.kind === "note") return <NoteCell row={row} />;
  if (row.kind === "group") {
    const { group } = row;
    const label = t(group.collapsed ? "canvas.group_open" : "canvas.group_collapse", { name: group.name });
    return (
      <span role="gridcell" className="list-name">
        <IconButton
          small
          icon={group.collapsed ? "chevronRight" : "chevronDown"}
          label={label}
          tabIndex={-1}
          onClick={() => toggleCollapse(group.id)}
        />
        {renaming ? <NameInput id={row.id} name={group.name} label={t("canvas.group_new_name")} /> : <b className="clip">{group.name}</b>}
      </span>
    );
  }
  const definition = layerDefinition(row.node.type);
  return (
    <span role="gridcell" className={row.level === 2 ? "list-name inner" : "list-name"}>
      <GroupMark group={definition?.group ?? "unknown"} icon={definition?.icon ?? "?"} />
      {renaming ? <NameInput id={row.node.id} name={row.node.name} label={t("canvas.rename")} /> : <b className="clip">{row.node.name}</b>}
    </span>
  );
}

/** What is written on a note or a frame; written anew like on the canvas. */
function NoteCell({ row: { id, note } }: { row: Extract<ListRow, { kind: "note" }> }) {
  const t = useText();
  const writing = useCanvas((state) => state.renaming === id);
  const empty = note.text.trim() === "";
  return (
    <span role="gridcell" className="list-name">
      <Icon name="file" />
      {writing ? <TextEditor annotation={note} /> : <span className="clip">{empty ? annotationName(note, t) : note.text}</span>}
    </span>
  );
}

/** "Dense, bypassed": colour and icons of the canvas, in words. */
function TypeWords({ row }: { row: Extract<ListRow, { kind: "layer" }> }) {
  const t = useText();
  const language = useLanguage();
  const { node } = row;
  const label = layerDefinition(node.type)?.texts[language].label ?? `${node.type} (${t("canvas.unknown")})`;
  const states = [
    node.bypassed ? t("canvas.bypassed") : "",
    node.frozen === true ? t("canvas.frozen") : "",
    node.shared_with === null ? "" : t("canvas.shared_short"),
  ];
  return [label, ...states.filter((state) => state !== "")].join(" · ");
}

/** Null: nothing of this kind is ever connected. */
function LinkCell({ names }: { names: readonly string[] | null }) {
  const t = useText();
  if (names === null) return <span role="gridcell" />;
  return (
    <span role="gridcell" className="clip" title={names.join(", ")}>
      {names.length === 0 ? <span className="list-none">{t("list.nothing")}</span> : names.join(", ")}
    </span>
  );
}

function ProblemWords({ worst, count, t }: { worst: Problem; count: number; t: Translate }) {
  const language = useLanguage();
  const isError = worst.severity === "error";
  const place = useDocument(({ design }) => (worst.edgeId === undefined ? "" : (nameOfPlace(design?.graph, worst) ?? "")));
  const said = errorText(worst.error, language);
  const what = place === "" ? said : t("list.connection", { place, what: said });
  const words = t(isError ? "list.error" : "list.warning", { what });
  const whole = count === 1 ? words : t("list.more", { what: words, count: count - 1 });
  return (
    <span className={`list-words ${worst.severity}`} title={whole}>
      <Icon name={isError ? "error" : "warning"} size={12} />
      <span className="clip">{whole}</span>
    </span>
  );
}
