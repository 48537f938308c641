/** The first pictures of each class side by side, so that wrong labels and odd pictures are seen before training. */
import { useState } from "react";
import type { DataDocument } from "../../core/graph/document.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { useAnswer } from "../state/use-answer.ts";
import { Button } from "../ui/Button.tsx";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";
import { PictureCanvas } from "./PictureCanvas.tsx";

interface PictureWallProps {
  dataset: Dataset;
  data: DataDocument;
}

const AT_FIRST = 12;
const AT_MOST = 48;
const SIDE = 64;

export function PictureWall({ dataset, data }: PictureWallProps) {
  const t = useText();
  const others = data.columns.filter(({ type }) => type !== "picture" && type !== "text");
  const usual = others.find(({ role }) => role === "target") ?? others.find(({ name }) => name === "label");
  const [column, setColumn] = useState<string | null>(null);
  const [perClass, setPerClass] = useState(AT_FIRST);
  const by = column ?? usual?.name ?? "";
  const asked = { id: dataset.id, column: by === "" ? null : by, per_class: perClass };
  const answer = useAnswer("datasets.picture_classes", asked, dataset.id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    <section className="picture-wall" aria-label={t("data.wall")} tabIndex={0}>
      <div className="wall-head">
        <Field label={t("data.wall_by")}>
          {(control) => (
            <Select
              {...control}
              value={by}
              options={[{ value: "", label: t("data.wall_all") }, ...others.map(({ name }) => ({ value: name, label: name }))]}
              onChange={setColumn}
            />
          )}
        </Field>
        <Button small disabled={perClass >= AT_MOST} onClick={() => setPerClass(AT_MOST)}>
          {t("data.wall_more")}
        </Button>
      </div>
      <LongState answer={answer} what={t("common.loading")} />
      {answer.value?.classes.map(({ label, count, pictures }) => {
        const name = label ?? (by === "" ? t("data.wall_all") : t("data.cell_missing"));
        return (
          <section key={name} className="wall-class" aria-label={name}>
            <h4>
              {name} <span className="faint number">{formatCount(count)}</span>
            </h4>
            <div className="wall-row">
              {pictures.map((picture) => (
                <PictureCanvas
                  key={picture}
                  dataset={dataset.id}
                  picture={picture}
                  side={SIDE}
                  label={t("data.picture_named", { row: formatCount(picture + 1), label: name })}
                />
              ))}
            </div>
          </section>
        );
      })}
      {answer.value !== null && answer.value.class_count > answer.value.classes.length && (
        <p className="muted">{t("data.balance_more", { count: answer.value.class_count - answer.value.classes.length })}</p>
      )}
    </section>
  );
}
