/** A picture file that is tried: chosen or dropped, brought to what the network takes, and shown as the network sees it. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { errorData } from "../../../core/errors.ts";
import type { MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { PickButton } from "../../data/FileButton.tsx";
import { takeFile } from "../../host/files.ts";
import { host } from "../../state/host.ts";
import { errorText } from "../../ui/error-text.ts";
import { useLanguage, useText } from "../../ui/texts.ts";
import type { Drawing } from "../drawn-columns.ts";

export type Picture = MethodOutput<"runs.picture">;

interface TryPictureProps {
  readonly run: Run;
  readonly drawing: Drawing;
  /** What is tried now, where that is a file. */
  readonly shown: Picture | null;
  readonly onPicture: (picture: Picture) => void;
  /** The pad: a file may be dropped on it too. */
  readonly children: ReactNode;
}

export function TryPicture({ run, drawing, shown, onPicture, children }: TryPictureProps) {
  const t = useText();
  const language = useLanguage();
  const [error, setError] = useState<unknown>(null);
  const read = async (file: File): Promise<void> => {
    try {
      const { file: taken } = await takeFile(file);
      const size: [number, number] = [drawing.height, drawing.width];
      onPicture(await host().call("runs.picture", { id: run.id, file: taken, size }));
      setError(null);
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <section
      className="try-picture"
      aria-label={t("try.picture")}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (file === undefined) return;
        event.preventDefault();
        // The window would take it for data.
        event.stopPropagation();
        void read(file);
      }}
    >
      {children}
      <PickButton words={t("try.picture")} onPick={([file]) => file !== undefined && void read(file)} />
      <span className="muted">{t("try.picture_help")}</span>
      {shown !== null && shown.channels === 3 && <Seen picture={shown} />}
      {error !== null && (
        <p className="filter-wrong" role="alert">
          {errorText(errorData(error), language)}
        </p>
      )}
    </section>
  );
}

const bytesOf = ({ pixels }: Picture): Uint8Array => Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));

/** How bright each pixel is, from 0 to 1: of colours their mean. */
export function inkOf(picture: Picture): Float32Array<ArrayBuffer> {
  const { height, width, channels } = picture;
  const bytes = bytesOf(picture);
  return Float32Array.from({ length: height * width }, (_, i) => {
    const own = bytes.subarray(i * channels, (i + 1) * channels);
    return own.reduce((sum, value) => sum + value, 0) / channels / 255;
  });
}

const SIDE = 120;

/** In colour: the pad is grey. */
function Seen({ picture }: { picture: Picture }) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width } = picture;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const bytes = bytesOf(picture);
    const image = context.createImageData(width, height);
    for (let i = 0; i < width * height; i += 1)
      image.data.set([bytes[i * 3] ?? 0, bytes[i * 3 + 1] ?? 0, bytes[i * 3 + 2] ?? 0, 255], i * 4);
    context.putImageData(image, 0, 0);
  }, [picture, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      role="img"
      aria-label={t("try.picture_seen")}
      style={{ width: SIDE, height: Math.round((SIDE * height) / width), imageRendering: "pixelated" }}
    />
  );
}
