/** Notes and frames as React Flow's nodes; an object stays the same while what it shows does. */
import type { Node } from "@xyflow/react";
import type { AnnotationDocument } from "../../core/graph/document.ts";
import { annotationKey } from "../state/annotation-ids.ts";

export type AnnotationFlowNode = Node<{ readonly annotation: AnnotationDocument }, "annotation">;

export class AnnotationFlow {
  private nodes = new Map<string, AnnotationFlowNode>();

  /** @param nameOf what a screen reader says of it */
  flowNodes(
    annotations: readonly AnnotationDocument[],
    selection: ReadonlySet<string>,
    nameOf: (annotation: AnnotationDocument) => string,
  ): readonly AnnotationFlowNode[] {
    const next = new Map<string, AnnotationFlowNode>();
    for (const annotation of annotations) {
      const before = this.nodes.get(annotation.id);
      const selected = selection.has(annotationKey(annotation.id));
      const ariaLabel = nameOf(annotation);
      const same = before?.data.annotation === annotation && before.selected === selected && before.ariaLabel === ariaLabel;
      next.set(annotation.id, same ? before : flowNode(annotation, selected, ariaLabel));
    }
    this.nodes = next;
    return [...next.values()];
  }
}

function flowNode(annotation: AnnotationDocument, selected: boolean, ariaLabel: string): AnnotationFlowNode {
  const { id, kind, position, width, height } = annotation;
  const frame = kind === "frame";
  return {
    id: annotationKey(id),
    type: "annotation",
    position,
    selected,
    width,
    height,
    measured: { width, height },
    data: { annotation },
    ariaLabel,
    connectable: false,
    // Frames lie behind groups and layers, notes among them.
    zIndex: frame ? -2 : selected ? 11 : 2,
    // What lies inside a frame, and the canvas there, is reached through it: only its title and its edge take the pointer.
    ...(frame ? { style: { pointerEvents: "none" as const } } : {}),
  };
}
