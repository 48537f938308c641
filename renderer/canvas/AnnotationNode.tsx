/** A note or a frame on the canvas: its text, written in place, and while it is chosen alone the bar with its colours. */
import { type NodeProps, NodeResizer, NodeToolbar, Position, useStore } from "@xyflow/react";
import { memo, useEffect, useState } from "react";
import { ANNOTATION_COLOURS, SMALLEST_ANNOTATION } from "../../core/graph/annotations.ts";
import type { AnnotationDocument } from "../../core/graph/document.ts";
import { endMerge, useDocument } from "../state/document.ts";
import { IconButton } from "../ui/Button.tsx";
import { type TextKey, type Translate, useText } from "../ui/texts.ts";
import { colourAnnotations, endWriting, resizeAnnotation, writeAnnotation } from "./annotation-edits.ts";
import type { AnnotationFlowNode } from "./annotation-flow.ts";
import { useCanvas } from "./canvas-state.ts";
import { deleteSelection } from "./edits.ts";
import "./annotations.css";
import { typedKey } from "../ui/typed-key.ts";

const KNOWN: ReadonlySet<string> = new Set(ANNOTATION_COLOURS);

/** What a screen reader says of it. */
export function annotationName({ kind, text }: AnnotationDocument, t: Translate): string {
  const frame = kind === "frame";
  if (text.trim() === "") return t(frame ? "annotation.frame_empty" : "annotation.note_empty");
  return t(frame ? "annotation.frame" : "annotation.note", { text });
}

/** Pixels of the screen: between the bar and what it belongs to, and from the edge of the canvas down to where the bar may end. */
const BAR = { gap: 8, lowest: 40 };

export const AnnotationNode = memo(function AnnotationNode({ id, data, selected, positionAbsoluteY }: NodeProps<AnnotationFlowNode>) {
  const t = useText();
  const { annotation } = data;
  const writing = useCanvas((state) => state.renaming === id);
  const alone = useDocument((state) => selected && state.selection.size === 1);
  // What begins above the canvas has its bar at the canvas's edge, as far as it reaches, beside its title.
  const barGap = useStore(({ transform: [, y, zoom] }) => {
    const top = positionAbsoluteY * zoom + y;
    return alone ? Math.round(Math.max(-annotation.height * zoom, Math.min(BAR.gap, top - BAR.lowest))) : BAR.gap;
  });
  const frame = annotation.kind === "frame";
  const colour = KNOWN.has(annotation.colour) ? annotation.colour : "grey";
  const empty = annotation.text.trim() === "";
  return (
    <>
      <NodeResizer
        isVisible={selected}
        minWidth={SMALLEST_ANNOTATION.width}
        minHeight={SMALLEST_ANNOTATION.height}
        onResizeStart={endMerge}
        onResize={(_, box) => resizeAnnotation(annotation.id, box)}
        onResizeEnd={endMerge}
      />
      <NodeToolbar isVisible={alone && !writing} position={Position.Top} align={barGap < BAR.gap ? "center" : "start"} offset={barGap}>
        <AnnotationBar id={id} colour={colour} />
      </NodeToolbar>
      <div className={["annotation", frame ? "frame" : "note", colour, selected ? "selected" : ""].join(" ")}>
        {writing ? (
          <TextEditor key={annotation.id} annotation={annotation} />
        ) : (
          <div className={empty ? "annotation-text empty nowheel" : "annotation-text nowheel"} title={frame ? annotation.text : undefined}>
            {empty ? t("annotation.write") : annotation.text}
          </div>
        )}
        {frame && ["top", "right", "bottom", "left"].map((side) => <span key={side} className={`frame-edge ${side}`} />)}
      </div>
    </>
  );
});

function AnnotationBar({ id, colour: chosen }: { id: string; colour: string }) {
  const t = useText();
  return (
    <div className="annotation-bar nodrag nopan" role="toolbar" aria-label={t("annotation.toolbar")}>
      {ANNOTATION_COLOURS.map((colour) => (
        <button
          key={colour}
          type="button"
          className={`swatch ${colour}`}
          aria-label={t(`annotation.colour_${colour}` as TextKey)}
          title={t(`annotation.colour_${colour}` as TextKey)}
          aria-pressed={colour === chosen}
          onClick={() => colourAnnotations(colour)}
        />
      ))}
      <IconButton small icon="file" label={t("annotation.edit")} onClick={() => useCanvas.setState({ renaming: id })} />
      <IconButton small icon="trash" label={t("annotation.delete")} onClick={() => deleteSelection()} />
    </div>
  );
}

/** At once, so that no letter is lost; a new note is hidden until React Flow has placed it, and takes the focus a frame later. */
function takeFocus(element: HTMLTextAreaElement | null): void {
  element?.focus({ preventScroll: true });
  if (element !== null && document.activeElement !== element) requestAnimationFrame(() => element.focus({ preventScroll: true }));
}

/** What is written goes into the document letter by letter, as one act. Escape takes it back; Ctrl+Enter ends writing, and Enter in the name of a frame. */
export function TextEditor({ annotation }: { annotation: AnnotationDocument }) {
  const t = useText();
  const { id } = annotation;
  const [before] = useState(annotation.text);
  const [draft, setDraft] = useState(before);
  const frame = annotation.kind === "frame";
  const end = (keep: boolean): void => {
    useCanvas.setState({ renaming: null });
    endWriting(id, before, keep);
  };
  const write = (text: string): void => {
    setDraft(text);
    writeAnnotation(annotation, text);
  };
  // Out of sight it is not drawn any more.
  useEffect(() => () => endWriting(id, before, true), [id, before]);
  return (
    <textarea
      className="annotation-text nodrag nopan nowheel"
      aria-label={t(frame ? "annotation.frame_name" : "annotation.text")}
      maxLength={frame ? 200 : 20_000}
      rows={1}
      value={draft}
      // The person has just asked to write here.
      ref={takeFocus}
      onFocus={(event) => frame && event.currentTarget.select()}
      onChange={(event) => write(frame ? event.target.value.replaceAll("\n", " ") : event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (typedKey(event) === "Escape") end(false);
        if (typedKey(event) === "Enter" && (frame || event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          end(true);
        }
      }}
    />
  );
}
