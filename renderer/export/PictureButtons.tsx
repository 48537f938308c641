/** The canvas as a picture: SVG to change further, PNG to paste. */

import { errorData } from "../../core/errors.ts";
import { saveText } from "../compare/save-text.ts";
import { useDocument } from "../state/document.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { canvasSvg, type PictureColours, pngOf } from "./canvas-picture.ts";
import { useWork } from "./use-work.ts";

/** The light theme's colours: those of the groups are the same in both. */
function coloursNow(): PictureColours {
  const style = getComputedStyle(document.documentElement);
  return {
    group: (group) => style.getPropertyValue(`--group-${group}`).trim() || "#667180",
    panel: "#ffffff",
    line: "#c3cad4",
    wire: "#8b95a3",
    ink: "#1b2330",
    faint: "#525d6b",
  };
}

export function PictureButtons() {
  const t = useText();
  const language = useLanguage();
  const { work, start } = useWork<void>();
  const design = useDocument((state) => state.design);
  const propagation = useDocument((state) => state.propagation);
  if (design === null) return null;
  const svg = (): string => canvasSvg(design, propagation, coloursNow(), language);
  return (
    <>
      <p className="muted">{t("export.picture_text")}</p>
      <div className="export-pictures">
        <Button icon="export" onClick={() => start(async () => saveText(svg(), `${design.name}.svg`, "image/svg+xml"))}>
          {t("export.picture_svg")}
        </Button>
        <Button
          icon="export"
          disabled={work.state === "busy"}
          onClick={() => start(async () => saveText(await pngOf(svg()), `${design.name}.png`, "image/png"))}
        >
          {t("export.picture_png")}
        </Button>
      </div>
      {work.state === "failed" && (
        <p className="field-wrong" role="alert">
          {errorText(errorData(work.error), language)}
        </p>
      )}
    </>
  );
}
