/** Said below the target where its rows follow each other in time and nothing else tells of it: it can be learnt from its own past. */
import { useMemo } from "react";
import type { DataDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { actWords } from "../ui/act-words.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import { changeData } from "./acts.ts";
import { seriesFound, withSeries } from "./window.ts";

interface SeriesNoteProps {
  data: DataDocument;
  profiles: ReadonlyMap<string, ColumnProfile>;
  rowCount: number;
}

export function SeriesNote({ data, profiles, rowCount }: SeriesNoteProps) {
  const t = useText();
  const found = useMemo(() => seriesFound(data, profiles, rowCount), [data, profiles, rowCount]);
  if (found === null) return null;
  return (
    <div className="notice" role="note">
      <Icon name="info" size={14} className="faint" />
      <p>{t("data.series_found", { target: found.target, time: found.time })}</p>
      <Button small onClick={() => changeData(actWords("data.act_window"), (now) => withSeries(now, found.time))}>
        {t("data.window")}
      </Button>
    </div>
  );
}
