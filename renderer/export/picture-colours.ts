/** The colours of pictures of a canvas: the light theme's whatever is chosen, or, to be looked at in the app, those of the theme. */
import type { LayerGroup } from "../../core/layers/layer.ts";

export interface PictureColours {
  readonly group: (group: LayerGroup | "unknown") => string;
  /** Behind all. */
  readonly paper: string;
  readonly panel: string;
  readonly line: string;
  readonly wire: string;
  readonly ink: string;
  readonly faint: string;
}

/** Of the groups they are the same in both themes. */
const group: PictureColours["group"] = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--group-${name}`).trim() || "#667180";

/** For papers and slides. */
export function lightColours(): PictureColours {
  return { group, paper: "#ffffff", panel: "#ffffff", line: "#c3cad4", wire: "#8b95a3", ink: "#1b2330", faint: "#525d6b" };
}

/** As the canvas looks now. */
export function pictureColours(): PictureColours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  const [panel, line, wire] = [of("--panel"), of("--line-strong"), of("--wire")];
  return { group, paper: of("--panel2"), panel, line, wire, ink: of("--ink"), faint: of("--ink2") };
}
