/**
 * The differences in words, one after the other: what a screen reader reads and where the keys walk. The canvas beside it
 * follows what is chosen here.
 */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { useLanguage, useText } from "../../ui/texts.ts";
import type { Words } from "../compare-words.ts";
import { type Difference, placeAfter } from "./overlay-model.ts";
import { differenceWords, SIGNS } from "./overlay-words.ts";

interface DifferenceListProps {
  readonly differences: readonly Difference[];
  /** Names of the layers by their key in the comparison. */
  readonly names: ReadonlyMap<string, string>;
  readonly current: string | null;
  readonly onChoose: (key: string) => void;
}

export function DifferenceList({ differences, names, current, onChoose }: DifferenceListProps) {
  const t = useText();
  const language = useLanguage();
  const words = useMemo<Words>(() => ({ t, language }), [t, language]);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const place = differences.findIndex(({ key }) => key === current);
  const optionId = (index: number): string => `${id}-${index}`;
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = placeAfter(event.key, place, differences.length);
    const difference = to === null ? undefined : differences[to];
    if (difference === undefined) return;
    event.preventDefault();
    onChoose(difference.key);
  };
  return (
    <div
      ref={list}
      className="overlay-list"
      role="listbox"
      tabIndex={0}
      aria-label={t("overlay.differences")}
      aria-describedby={`${id}-help`}
      {...(place === -1 ? {} : { "aria-activedescendant": optionId(place) })}
      onKeyDown={onKeyDown}
    >
      <p className="visually-hidden" id={`${id}-help`}>
        {t("overlay.list_help")}
      </p>
      {differences.map((difference, index) => (
        <Item
          key={difference.key}
          id={optionId(index)}
          difference={difference}
          names={names}
          words={words}
          chosen={index === place}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}

interface ItemProps {
  readonly id: string;
  readonly difference: Difference;
  readonly names: ReadonlyMap<string, string>;
  readonly words: Words;
  readonly chosen: boolean;
  readonly onChoose: (key: string) => void;
}

function Item({ id, difference, names, words, chosen, onChoose }: ItemProps) {
  const { t } = words;
  const { title, changes } = differenceWords(difference, names, words);
  const { state } = difference;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys, with the chosen one as its active descendant
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
    <div id={id} role="option" aria-selected={chosen} className={`overlay-item is-${state}`} onClick={() => onChoose(difference.key)}>
      <span className="overlay-sign" aria-hidden="true">
        {SIGNS[state]}
      </span>
      <div>
        <span className="overlay-item-title">{title}</span> <span className="muted">{t(`overlay.state.${state}`)}</span>
        {changes.map((change) => (
          <div key={change.key} className="overlay-change">
            <span className="muted">{change.title}</span>
            <span className="visually-hidden">: </span>
            <span>
              <del>{change.left}</del> → <ins>{change.right}</ins>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
