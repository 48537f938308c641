/** One picture of a data set, drawn on a canvas. */
import { PixelPicture } from "../ui/PixelPicture.tsx";
import { useText } from "../ui/texts.ts";
import { usePicture } from "./picture-store.ts";

interface PictureCanvasProps {
  dataset: string;
  /** Number of the picture, as its cell holds it. */
  picture: number;
  label: string;
  /** Longest side on the screen, in pixels. */
  side: number;
}

export function PictureCanvas({ dataset, picture, label, side }: PictureCanvasProps) {
  const t = useText();
  const pixels = usePicture(dataset, picture);
  if (pixels === null)
    return (
      <span className="picture-none faint" style={{ width: side, height: side }} title={t("data.picture_unreadable")}>
        ×
      </span>
    );
  return <PixelPicture pixels={pixels} label={label} side={side} />;
}
