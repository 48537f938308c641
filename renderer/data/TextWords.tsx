/** What texts are about: the words and sentences that TextRank finds, and words that stand together often or more than by chance. */
import { useState } from "react";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import type { Tokenizer } from "../../core/steps/tokens.ts";
import { useAnswer } from "../state/use-answer.ts";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";

type Words = MethodOutput<"datasets.text_words">;

interface TextWordsProps {
  datasetId: string;
  column: string;
  tokenizer: Tokenizer;
}

/** Looked for when it is opened: it takes a moment. */
export function TextWords(props: TextWordsProps) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <details className="text-words" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("data.text_words")}</summary>
      {open && <Found {...props} />}
    </details>
  );
}

function Found({ datasetId, column, tokenizer }: TextWordsProps) {
  const t = useText();
  const answer = useAnswer("datasets.text_words", { id: datasetId, column, tokenizer });
  const { value: words } = answer;
  if (words === null) return <LongState answer={answer} what={t("common.loading")} />;
  const most = Math.max(...words.keywords.map(({ score }) => score), 1e-9);
  return (
    <>
      <p className="panel-note muted">{t("data.text_words_of", { count: formatCount(words.texts) })}</p>
      {words.keywords.length === 0 && <p className="panel-note">{t("data.text_words_none")}</p>}
      <ol className="text-keywords" aria-label={t("data.text_keywords")}>
        {words.keywords.map(({ text, score }) => (
          <li key={text}>
            <span>{text}</span>
            <span className="bar" style={{ width: `${(100 * score) / most}%` }} />
            <span className="muted">{score.toFixed(2)}</span>
          </li>
        ))}
      </ol>
      {words.sentences.length > 0 && (
        <>
          <h5>{t("data.text_sentences")}</h5>
          <ol className="text-sentences">
            {words.sentences.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
        </>
      )}
      <Pairs title={t("data.text_together")} pairs={words.together} />
      <Pairs title={t("data.text_information")} pairs={words.information} />
    </>
  );
}

function Pairs({ title, pairs }: { title: string; pairs: Words["together"] }) {
  const t = useText();
  if (pairs.length === 0) return null;
  return (
    <table className="text-pairs">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("data.text_pair")}</th>
          <th scope="col">{t("data.text_windows")}</th>
          <th scope="col">{t("data.text_pmi")}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ words, together, information }) => (
          <tr key={words.join(" ")}>
            <td>{words.join(" · ")}</td>
            <td>{formatCount(together)}</td>
            <td>{information.toFixed(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
