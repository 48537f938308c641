/** The shape of commands that come from a file, as commands.ts has their types. What they do to a design is checked by applying them. */
import { z } from "zod";
import type { Command } from "./command.ts";
import { annotationSchema, dataSchema, designSchema, edgeSchema, graphSchema, groupSchema, nodeSchema, vectorsSchema } from "./document.ts";

const id = z.string();
const values = z.record(z.string(), z.json());
const place = z.object({ x: z.number(), y: z.number() });
const indices = z.array(z.number().int().min(0)).optional();
const patched = { unset: z.array(z.string()).optional(), replace: z.boolean().optional() };

/** Without what is kept of later versions: id and kind are no change. */
const annotationChange = z.object(
  annotationSchema.pick({ text: true, colour: true, position: true, width: true, height: true }).partial().shape,
);

const single = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("add_nodes"),
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    node_indices: indices,
    edge_indices: indices,
  }),
  z.object({ type: z.literal("remove"), node_ids: z.array(id), edge_ids: z.array(id) }),
  z.object({ type: z.literal("connect"), edge: edgeSchema, index: z.number().int().min(0).optional() }),
  z.object({ type: z.literal("move"), positions: z.record(id, place) }),
  z.object({ type: z.literal("rename"), id, name: z.string() }),
  z.object({ type: z.literal("set_config"), id, config: values, ...patched }),
  z.object({ type: z.literal("set_bypassed"), ids: z.array(id), bypassed: z.boolean() }),
  z.object({ type: z.literal("set_frozen"), frozen: z.record(id, z.boolean().nullable()) }),
  z.object({ type: z.literal("set_vectors"), id, vectors: vectorsSchema.nullable() }),
  z.object({ type: z.literal("set_shared"), owners: z.record(id, id.nullable()) }),
  z.object({ type: z.literal("set_groups"), groups: z.array(groupSchema) }),
  z.object({ type: z.literal("set_annotations"), annotations: z.array(annotationSchema).nullable() }),
  z.object({ type: z.literal("change_annotations"), changes: z.record(id, annotationChange) }),
  z.object({ type: z.literal("set_direction"), direction: graphSchema.shape.direction.unwrap().nullable() }),
  z.object({ type: z.literal("set_training"), patch: values, ...patched }),
  z.object({ type: z.literal("set_data"), data: dataSchema.nullable() }),
  z.object({ type: z.literal("set_notes"), notes: z.string() }),
  z.object({ type: z.literal("set_name"), name: z.string() }),
  z.object({ type: z.literal("replace"), design: designSchema }),
]);

/** A command without its shape here would make every history that holds it unreadable: the compiler asks for it. */
type WithoutShape = Exclude<Command["type"], z.infer<typeof single>["type"] | "batch">;
type Complete = [WithoutShape] extends [never] ? Command : WithoutShape;

/** A command of any type, batches in batches too. */
export const commandSchema: z.ZodType<Complete> = z.lazy(() =>
  z.union([single, z.object({ type: z.literal("batch"), commands: z.array(commandSchema) })]),
) as unknown as z.ZodType<Complete>;
