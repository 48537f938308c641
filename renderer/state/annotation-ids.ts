/** Notes and frames in the selection and among React Flow's nodes: their ids stand behind a prefix, since a layer may have the same. */
import type { AnnotationDocument, DesignDocument } from "../../core/graph/document.ts";

export const ANNOTATION_PREFIX = "annotation:";

export function isAnnotationKey(key: string): boolean {
  return key.startsWith(ANNOTATION_PREFIX);
}
export function annotationKey(id: string): string {
  return `${ANNOTATION_PREFIX}${id}`;
}
export function annotationId(key: string): string {
  return key.slice(ANNOTATION_PREFIX.length);
}
/** Those of the design that are chosen, in its order. */
export function chosenAnnotations(design: DesignDocument | null, selection: ReadonlySet<string>): readonly AnnotationDocument[] {
  return (design?.graph.annotations ?? []).filter(({ id }) => selection.has(annotationKey(id)));
}
