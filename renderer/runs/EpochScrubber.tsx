/** The slider through the epochs of a run: by mouse, arrow keys, or played like a film. What it shows is drawn by its children. */
import { type ReactNode, useEffect, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { isGoing } from "../state/runs.ts";
import { IconButton } from "../ui/Button.tsx";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { type Translate, useText } from "../ui/texts.ts";
import { type Moment, momentsOf, placeOf, useSnapshots } from "./snapshots.ts";

/** Slow enough to see what changes, and for one frame to be drawn before the next. */
const FRAME_MS = 350;

interface EpochScrubberProps {
  readonly run: Run;
  /** @param epoch undefined: the trained model; null: there is nothing to show */
  readonly children: (epoch: number | undefined | null) => ReactNode;
}

export function EpochScrubber({ run, children }: EpochScrubberProps) {
  const t = useText();
  const answer = useSnapshots(run);
  const { value: snapshots } = answer;
  const [chosen, setChosen] = useState<Moment | null>(null);
  const [playing, setPlaying] = useState(false);
  const moments = snapshots === null ? [] : momentsOf(snapshots, run.has_model);
  const place = placeOf(moments, chosen);
  const moment = moments[place];
  const next = moments[place + 1];
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(() => {
      if (next === undefined) setPlaying(false);
      else setChosen(next);
    }, FRAME_MS);
    return () => clearTimeout(timer);
  }, [playing, next]);
  if (snapshots === null) return <LongState answer={answer} what={t("common.loading")} />;
  if (moment === undefined)
    return (
      <>
        <p className="run-note muted">{t(isGoing(run) ? "look_back.none_yet" : "look_back.none")}</p>
        {children(run.has_model ? undefined : null)}
      </>
    );
  const play = (): void => {
    if (!playing && next === undefined) setChosen(moments[0] ?? null);
    setPlaying(!playing);
  };
  const said = momentText(moment, t);
  return (
    <>
      <div className="epoch-scrubber">
        <IconButton
          small
          look="plain"
          icon={playing ? "pause" : "play"}
          label={t(playing ? "look_back.halt" : "look_back.play")}
          onClick={play}
        />
        <input
          type="range"
          aria-label={t("look_back.slider")}
          aria-valuetext={said}
          min={0}
          max={moments.length - 1}
          value={place}
          onChange={(event) => {
            const at = Number(event.currentTarget.value);
            setPlaying(false);
            // At the end it follows what is still to come.
            setChosen(at === moments.length - 1 ? null : (moments[at] ?? null));
          }}
        />
        <output className="number">{said}</output>
      </div>
      {children(moment === "trained" ? undefined : moment)}
    </>
  );
}

function momentText(moment: Moment, t: Translate): string {
  if (moment === "trained") return t("look_back.trained");
  return moment === 0 ? t("look_back.start") : t("look_back.at", { epoch: formatCount(moment) });
}
