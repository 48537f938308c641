/** The canvas as a picture: SVG to change further, PNG to paste. */

import { errorData } from "../../core/errors.ts";
import { saveText } from "../compare/save-text.ts";
import { useDocument } from "../state/document.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { canvasSvg, pngOf } from "./canvas-picture.ts";
import { lightColours } from "./picture-colours.ts";
import { useWork } from "./use-work.ts";

export function PictureButtons() {
  const t = useText();
  const language = useLanguage();
  const { work, start } = useWork<void>();
  const design = useDocument((state) => state.design);
  const propagation = useDocument((state) => state.propagation);
  if (design === null) return null;
  const svg = (): string => canvasSvg(design, propagation, lightColours(), language, t);
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
