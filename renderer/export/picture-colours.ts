/** The colours of pictures of a canvas: the light theme's whatever is chosen, or, to be looked at in the app, those of the theme. */
import { LAYER_GROUPS, type LayerGroup } from "../../core/layers/layer.ts";

export interface PictureColours {
  readonly group: (group: LayerGroup | "unknown") => string;
  /** Of the letters on the colour of a group. */
  readonly groupInk: string;
  /** Behind all. */
  readonly paper: string;
  readonly panel: string;
  readonly line: string;
  readonly wire: string;
  readonly ink: string;
  readonly faint: string;
}

/** For papers and slides. */
export function lightColours(): PictureColours {
  const light = document.createElement("div");
  light.dataset["theme"] = "light";
  light.hidden = true;
  document.body.append(light);
  const colours = coloursOf(light);
  light.remove();
  return { ...colours, paper: "#ffffff" };
}

/** As the canvas looks now. */
export function pictureColours(): PictureColours {
  return coloursOf(document.documentElement);
}

function coloursOf(element: HTMLElement): PictureColours {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  const groups = new Map([...LAYER_GROUPS, "unknown" as const].map((name) => [name, of(`--group-${name}`)]));
  const [panel, line, wire] = [of("--panel"), of("--line-strong"), of("--wire")];
  return {
    group: (name) => groups.get(name) ?? "",
    groupInk: of("--group-ink"),
    paper: of("--panel2"),
    panel,
    line,
    wire,
    ink: of("--ink"),
    faint: of("--ink2"),
  };
}
