/** What a command is: an act on a design as data, and what applying one gives (commands.ts applies them). */
import type {
  AnnotationDocument,
  DataDocument,
  DesignDocument,
  Direction,
  EdgeDocument,
  GroupDocument,
  NodeDocument,
  VectorsDocument,
} from "./document.ts";

export type Values = Readonly<Record<string, unknown>>;

/** What of a note or a frame can be changed. */
export type AnnotationChange = Partial<Omit<AnnotationDocument, "id" | "kind">>;

export type Command =
  /** Appends, or puts each at its index in the finished list where `node_indices`, `edge_indices` (ascending) are given. */
  | {
      readonly type: "add_nodes";
      readonly nodes: readonly NodeDocument[];
      readonly edges: readonly EdgeDocument[];
      readonly node_indices?: readonly number[];
      readonly edge_indices?: readonly number[];
    }
  /** Edges of removed nodes go too; groups forget them; of layers that shared a removed node's weights the first holds them then. */
  | { readonly type: "remove"; readonly node_ids: readonly string[]; readonly edge_ids: readonly string[] }
  /** Appends, or puts the edge at `index`: the order counts at ports that take several. */
  | { readonly type: "connect"; readonly edge: EdgeDocument; readonly index?: number }
  | { readonly type: "move"; readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>> }
  /** Rename.ts makes the command that also follows references by name. */
  | { readonly type: "rename"; readonly id: string; readonly name: string }
  /**
   * Merges into the node's options, or replaces them all with `replace`. null is a value ("not set") and is stored. A key
   * in `unset` goes back to its default; so does one whose value is undefined, but undefined is lost in JSON, so use `unset`.
   */
  | {
      readonly type: "set_config";
      readonly id: string;
      readonly config: Values;
      readonly unset?: readonly string[];
      readonly replace?: boolean;
    }
  | { readonly type: "set_bypassed"; readonly ids: readonly string[]; readonly bypassed: boolean }
  /** Whether weights are trained, by node; null leaves the field out of the document, which means that they are. */
  | { readonly type: "set_frozen"; readonly frozen: Readonly<Record<string, boolean | null>> }
  /** Word vectors that a layer starts from; null takes them away. */
  | { readonly type: "set_vectors"; readonly id: string; readonly vectors: VectorsDocument | null }
  /** Whose weights the node uses; null for its own. */
  | { readonly type: "set_shared"; readonly owners: Readonly<Record<string, string | null>> }
  | { readonly type: "set_groups"; readonly groups: readonly GroupDocument[] }
  /** All notes and frames in their order; null leaves the field out of the document, which means that there are none. */
  | { readonly type: "set_annotations"; readonly annotations: readonly AnnotationDocument[] | null }
  /** What changes of notes and frames, by id: in the history the others take no room. */
  | { readonly type: "change_annotations"; readonly changes: Readonly<Record<string, AnnotationChange>> }
  /** Which way the drawing runs; null leaves the field out of the document, which means to the right. */
  | { readonly type: "set_direction"; readonly direction: Direction | null }
  /** Merges into the training options at their first level; `unset` and `replace` as in set_config. */
  | { readonly type: "set_training"; readonly patch: Values; readonly unset?: readonly string[]; readonly replace?: boolean }
  | { readonly type: "set_data"; readonly data: DataDocument | null }
  | { readonly type: "set_notes"; readonly notes: string }
  | { readonly type: "set_name"; readonly name: string }
  /** The whole design (import). */
  | { readonly type: "replace"; readonly design: DesignDocument }
  /** All or nothing, in order. */
  | { readonly type: "batch"; readonly commands: readonly Command[] };

export interface Applied {
  readonly design: DesignDocument;
  readonly inverse: Command;
}
