/** The live figure of a help card: fetched with the reference kernels, which nothing else of the page needs. */
import type { ComponentProps } from "react";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";
import { useFetched } from "../ui/use-fetched.ts";

type Figure = typeof import("./figures/LayerFigure.tsx").LayerFigure;

let here: { readonly Figure: Figure } | null = null;

async function load(): Promise<{ readonly Figure: Figure }> {
  const { LayerFigure } = await import("./figures/LayerFigure.tsx");
  here = { Figure: LayerFigure };
  return here;
}

export function FigurePlace(props: ComponentProps<Figure>) {
  const t = useText();
  const { value, state, again } = useFetched(load, here);
  if (value !== null) return <value.Figure {...props} />;
  if (state === "failed")
    return (
      <div className="figure-missing" role="alert">
        <p className="muted">{t("inspector.help_no_figure")}</p>
        <Button small onClick={again}>
          {t("common.retry")}
        </Button>
      </div>
    );
  return (
    <p className="muted" role="status">
      {state === "slow" && t("inspector.help_figure_loading")}
    </p>
  );
}
