/** The canvas as a picture: SVG to change further, PNG to paste. */

import { errorData } from "../../core/errors.ts";
import { saveText } from "../compare/save-text.ts";
import { useDocument } from "../state/document.ts";
import { toast } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { canvasSvg } from "./canvas-picture.ts";
import { lightColours } from "./picture-colours.ts";
import { pngOf } from "./png-picture.ts";
import { useWork } from "./use-work.ts";

async function savePng(svg: string, name: string): Promise<void> {
  const { png, scale } = await pngOf(svg);
  saveText(png, `${name}.png`, "image/png");
  if (scale < 1) toast((t) => t("export.picture_smaller", { percent: Math.max(1, Math.round(100 * scale)) }));
}

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
        <Button icon="export" disabled={work.state === "busy"} onClick={() => start(() => savePng(svg(), design.name))}>
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
