/**
 * BlockDefinition: a block of the palette, which is a drawing of ordinary layers made from a few options. What lands on the canvas
 * are those layers in a group: each can be changed, moved and deleted like any other. One file a block; registry.ts lists them.
 */
import type { Language, LayerGroup } from "../layers/layer.ts";
import type { ConfigOf, Schema } from "../schema/fields.ts";
import type { Drawing } from "./drawing.ts";

/** Words of a block in one language; every option of the schema has a label and a help text. */
export interface BlockTexts {
  readonly label: string;
  /** One line for the palette. */
  readonly summary: string;
  readonly fields: Readonly<Record<string, { readonly label: string; readonly help: string }>>;
}

export interface BlockDefinition<S extends Schema = Schema> {
  /** Also the first part of its layers' names. */
  readonly name: string;
  /** One to three characters, drawn in the palette. */
  readonly icon: string;
  /** Whose colour it has in the palette. */
  readonly group: LayerGroup;
  readonly schema: S;
  readonly texts: Readonly<Record<Language, BlockTexts>>;
  /** The option that must equal the last axis of what comes in: filled in where that is known. */
  readonly widthField: keyof S & string;
  /** Draws the layers: sources first, then what is made of them, then the exits. */
  readonly draw: (drawing: Drawing, config: ConfigOf<S>) => void;
  /** Where the block comes from: a paper and its section. */
  readonly source: string;
}

export function defineBlock<const S extends Schema>(definition: BlockDefinition<S>): BlockDefinition {
  return definition as unknown as BlockDefinition;
}
