/** Layers as palette and search list them: in the order of the groups, with the words of a language and those to be searched too. */
import { LAYER_GROUPS, type Language, type LayerGroup } from "../../core/layers/layer.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";

export interface PaletteItem {
  readonly type: string;
  readonly group: LayerGroup;
  readonly icon: string;
  readonly label: string;
  readonly summary: string;
  /** Names by which it is found besides its label: its type and its name in the other language. */
  readonly also: string;
  readonly takesInput: boolean;
}

export function paletteItems(language: Language): readonly PaletteItem[] {
  const items = layerTypes.flatMap((type): PaletteItem[] => {
    const definition = layerDefinition(type);
    if (definition === undefined) return [];
    const { label, summary } = definition.texts[language];
    const other = definition.texts[language === "en" ? "zh" : "en"].label;
    return [
      {
        type,
        group: definition.group,
        icon: definition.icon,
        label,
        summary,
        also: `${type} ${other}`,
        takesInput: definition.ports.inputs.length > 0,
      },
    ];
  });
  return items.sort((a, b) => LAYER_GROUPS.indexOf(a.group) - LAYER_GROUPS.indexOf(b.group));
}
