/**
 * Notes and frames: what people write onto the canvas. They change nothing in the network. Commands that add
 * or take away replace the whole list, like those of groups; what lies in a frame follows from where it lies, so nothing can come apart.
 */
import { AppError } from "../errors.ts";
import type { AnnotationChange, Applied, Command } from "./command.ts";
import { type AnnotationDocument, type DesignDocument, LARGEST_ANNOTATION, MOST_ANNOTATIONS, type NodeDocument } from "./document.ts";
import { type NewId, uniqueId } from "./naming.ts";

export const ANNOTATION_COLOURS = ["yellow", "blue", "green", "red", "violet", "grey"] as const;
export type AnnotationColour = (typeof ANNOTATION_COLOURS)[number];

/** Smaller ones could not be taken hold of. */
export const SMALLEST_ANNOTATION = { width: 80, height: 48 };
/** Longest text; design.json refuses more. */
const LONGEST_TEXT = 20_000;

type Point = NodeDocument["position"];
type Graph = Pick<DesignDocument, "graph">;

/** Something that has a place on the canvas, in its pixels. */
export interface Placed {
  readonly id: string;
  readonly position: Point;
  readonly width: number;
  readonly height: number;
}

/** Used by commands.ts: the design with this list, and the command that brings back the old one, or its absence. */
export function withAnnotations(design: DesignDocument, annotations: readonly AnnotationDocument[] | null): Applied {
  const count = annotations?.length ?? 0;
  if (count > MOST_ANNOTATIONS) throw new AppError("design.too_many_notes", { max: MOST_ANNOTATIONS });
  for (const one of annotations ?? []) assertAnnotation(one);
  assertAnnotationIds(annotations ?? []);
  return {
    design: { ...design, graph: behindGroups(design.graph, annotations) },
    inverse: { type: "set_annotations", annotations: design.graph.annotations ?? null },
  };
}

/** Used by commands.ts: the design with these changes, and the command that takes back those very fields. */
export function withChangedAnnotations(design: DesignDocument, changes: Readonly<Record<string, AnnotationChange>>): Applied {
  const wanted = new Map(Object.entries(changes));
  assertThere(design, wanted.keys());
  const old: [string, AnnotationChange][] = [];
  const annotations = (design.graph.annotations ?? []).map((one) => {
    const change = wanted.get(one.id);
    if (change === undefined) return one;
    const changed = { ...one, ...change };
    assertAnnotation(changed);
    old.push([one.id, Object.fromEntries(Object.entries(one).filter(([key]) => Object.hasOwn(change, key)))]);
    return changed;
  });
  const inverse: Command = { type: "change_annotations", changes: Object.fromEntries(old) };
  return { design: old.length === 0 ? design : { ...design, graph: { ...design.graph, annotations } }, inverse };
}

/** @throws AppError design.unknown_annotation */
function assertThere(design: Graph, ids: Iterable<string>): void {
  const there = new Set(design.graph.annotations?.map(({ id }) => id));
  for (const id of ids) if (!there.has(id)) throw new AppError("design.unknown_annotation", { id });
}

/** Where reading a document puts the field: undoing gives the same bytes. */
function behindGroups(graph: DesignDocument["graph"], annotations: readonly AnnotationDocument[] | null): DesignDocument["graph"] {
  const { annotations: _old, ...rest } = graph;
  if (annotations === null) return rest;
  const entries = Object.entries(rest).flatMap(([key, value]) =>
    key === "groups"
      ? [
          [key, value],
          ["annotations", [...annotations]],
        ]
      : [[key, value]],
  );
  return Object.fromEntries(entries) as DesignDocument["graph"];
}

function assertAnnotation({ id, text, position, width, height }: AnnotationDocument): void {
  if (![position.x, position.y, width, height].every(Number.isFinite) || width <= 0 || height <= 0)
    throw new AppError("design.bad_position", { node: id });
  if (Math.max(width, height) > LARGEST_ANNOTATION) throw new AppError("design.note_too_large", { max: LARGEST_ANNOTATION });
  if (text.length > LONGEST_TEXT) throw new AppError("design.name_too_long", { max: LONGEST_TEXT, received: text.length });
}

/** @throws AppError design.duplicate_id */
export function assertAnnotationIds(annotations: readonly AnnotationDocument[]): void {
  const ids = new Set<string>();
  for (const { id } of annotations) {
    if (ids.has(id)) throw new AppError("design.duplicate_id", { id });
    ids.add(id);
  }
}

/** The command that adds a note or a frame over those that are there. */
export function addAnnotationCommand(design: Graph, annotation: Omit<AnnotationDocument, "id">, newId: NewId): Command {
  const before = design.graph.annotations ?? [];
  const id = uniqueId(new Set(before.map((one) => one.id)), newId);
  return { type: "set_annotations", annotations: [...before, { id, ...annotation }] };
}

/**
 * The command that changes some: places, sizes, text, colour.
 * @throws AppError design.unknown_annotation
 */
export function changeAnnotationsCommand(design: Graph, changes: ReadonlyMap<string, AnnotationChange>): Command {
  assertThere(design, changes.keys());
  return { type: "change_annotations", changes: Object.fromEntries(changes) };
}

/**
 * The command that takes some away; with the last one the field goes too.
 * @throws AppError design.unknown_annotation
 */
export function removeAnnotationsCommand(design: Graph, ids: ReadonlySet<string>): Command {
  assertThere(design, ids);
  const kept = (design.graph.annotations ?? []).filter(({ id }) => !ids.has(id));
  return { type: "set_annotations", annotations: kept.length === 0 ? null : kept };
}

/** The ids of what lies in a frame: all whose middle is inside it, frames within it included where they fit whole. */
export function lyingIn(frame: Placed, things: readonly Placed[]): readonly string[] {
  const right = frame.position.x + frame.width;
  const bottom = frame.position.y + frame.height;
  return things.flatMap((thing) => {
    const x = thing.position.x + thing.width / 2;
    const y = thing.position.y + thing.height / 2;
    const inside = x >= frame.position.x && x <= right && y >= frame.position.y && y <= bottom;
    // Of two frames over each other the larger holds the smaller, never both each other.
    return inside && thing.id !== frame.id && thing.width <= frame.width && thing.height <= frame.height ? [thing.id] : [];
  });
}

/** The frame around things, with room for its title. */
export function frameAround(things: readonly Placed[]): Omit<Placed, "id"> {
  const left = Math.min(...things.map(({ position }) => position.x)) - FRAME_SIDE;
  const top = Math.min(...things.map(({ position }) => position.y)) - FRAME_TOP;
  const right = Math.max(...things.map(({ position, width }) => position.x + width)) + FRAME_SIDE;
  const bottom = Math.max(...things.map(({ position, height }) => position.y + height)) + FRAME_SIDE;
  return { position: { x: left, y: top }, width: right - left, height: bottom - top };
}

const FRAME_SIDE = 28;
const FRAME_TOP = 56;
