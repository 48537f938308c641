/** The live figure of a help card: fetched with the reference kernels, which nothing else of the page needs. */
import type { ComponentProps } from "react";
import { useAsked } from "../state/use-asked.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";

type Figure = typeof import("./figures/LayerFigure.tsx").LayerFigure;

let here: { readonly Figure: Figure } | null = null;

async function load(): Promise<{ readonly Figure: Figure }> {
  const { LayerFigure } = await import("./figures/LayerFigure.tsx");
  here = { Figure: LayerFigure };
  return here;
}

export function FigurePlace(props: ComponentProps<Figure>) {
  const t = useText();
  const answer = useAsked(load, load, { known: here });
  if (answer.value !== null) return <answer.value.Figure {...props} />;
  return <LongState small answer={answer} what={t("inspector.help_figure_loading")} failed={t("inspector.help_no_figure")} />;
}
