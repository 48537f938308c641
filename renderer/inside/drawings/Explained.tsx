/** Which number of the prediction a look explains, its value, and a choice among all that there are. */
import { Field, Select } from "../../ui/Field.tsx";
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { LookAnswer } from "../look-answer.ts";
import type { ExplainedNumber } from "../look-question.ts";

interface ExplainedProps {
  readonly look: LookAnswer;
  /** Null: as it is predicted. */
  readonly chosen: ExplainedNumber | null;
  readonly onExplain: (explained: ExplainedNumber | null) => void;
}

const AS_PREDICTED = "";
const keyOf = ({ node_id, place }: ExplainedNumber): string => `${node_id} ${place}`;

/** Of which number the map is: the one that the network settles on, or any other class, label or column. */
export function Explained({ look, chosen, onExplain }: ExplainedProps) {
  const t = useText();
  const said = t("inside.explained", {
    label: look.labels["explained"]?.[0] ?? "",
    value: formatFigure(look.figures["explained"] ?? null),
  });
  return (
    <>
      <Choice look={look} chosen={chosen} onExplain={onExplain} />
      <p>
        {said}
        {look.labels["prepared"] !== undefined && <span className="muted"> {t("inside.explained_prepared")}</span>}
      </p>
    </>
  );
}

function Choice({ look: { choices }, chosen, onExplain }: ExplainedProps) {
  const t = useText();
  if (choices.length < 2) return null;
  const known = chosen === null ? undefined : choices.find((choice) => keyOf(choice) === keyOf(chosen));
  return (
    <Field label={t("inside.explain")}>
      {(control) => (
        <Select
          {...control}
          value={known === undefined ? AS_PREDICTED : keyOf(known)}
          options={[
            { value: AS_PREDICTED, label: t("inside.explain_predicted") },
            ...choices.map((choice) => ({
              value: keyOf(choice),
              label: t("inside.explain_choice", { label: choice.label, value: formatFigure(choice.value) }),
            })),
          ]}
          onChange={(key) => {
            const choice = choices.find((one) => keyOf(one) === key);
            onExplain(choice === undefined ? null : { node_id: choice.node_id, place: choice.place });
          }}
        />
      )}
    </Field>
  );
}
