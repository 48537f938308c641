/** Of a picture that is tried: what each of its places speaks for, of what the network answers. */
import { useMemo } from "react";
import type { MethodInput, Run } from "../../../core/protocol/methods.ts";
import { Grid } from "../../inside/drawings/FeatureMaps.tsx";
import { arrayOf, asPicture, effectMatrix, readLook } from "../../inside/look-answer.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { formatFigure } from "../../ui/format.ts";
import { Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";

/** Covering is what the words tell of; of pictures that are too large as columns the gradient is taken. */
const VIEWS = ["occlusion", "saliency"] as const;
const WIDTH = 192;

interface PictureEffectsProps {
  readonly run: Run;
  readonly given: NonNullable<MethodInput<"inside.look">["given"]>;
}

export function PictureEffects({ run, given }: PictureEffectsProps) {
  const t = useText();
  const views = useAnswer("inside.views", { run_id: run.id });
  const layers = views.value?.layers ?? [];
  const [found] = VIEWS.flatMap((view) =>
    layers.flatMap(({ node_id, views: has }) => (has.some((one) => one.view === view) ? [{ node_id, view }] : [])),
  );
  const question = found === undefined ? null : { run_id: run.id, ...found, row: 0, given };
  const { value, error, restart } = useAnswer("inside.look", question, run.id);
  const look = useMemo(() => (value === null ? null : readLook(value)), [value]);
  if (views.error !== null || error !== null)
    return <Failure error={views.error ?? error} onRetry={views.error === null ? restart : views.restart} />;
  if (look === null || found === undefined) return null;
  const effect = arrayOf(look, found.view);
  const matrix = effect === null ? null : effectMatrix(asPicture(effect, look.labels["units"] ?? null));
  if (matrix === null) return null;
  const of = { label: look.labels["explained"]?.[0] ?? "", value: formatFigure(look.figures["explained"] ?? null) };
  return (
    <div className="try-places">
      <Grid title={t("try.places")} matrix={matrix} kind="signed" width={WIDTH} />
      <p>{t("inside.explained", of)}</p>
      <p className="muted">{t(`try.places_${found.view}`)}</p>
    </div>
  );
}
