/**
 * A floating box to find one thing of many: type, arrow keys, Enter. Used to add a layer at the pointer, to find one and
 * to choose what to connect to. Closes on Escape and on a click elsewhere.
 */
import { type KeyboardEvent, type ReactNode, type UIEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { matchNamed, type NamedMatch } from "./fuzzy.ts";
import { Icon } from "./Icon.tsx";
import { MarkedName } from "./Marked.tsx";
import { focusIsFree, focusScreen } from "./screen-focus.ts";
import { typedKey } from "./typed-key.ts";

export interface PickItem {
  readonly key: string;
  readonly label: string;
  /** Also searched: the type, the name in the other language. */
  readonly also?: string;
  readonly note?: string;
  readonly mark?: ReactNode;
  /** Why it cannot be picked; it is shown with this reason and skipped by Enter. */
  readonly cannot?: string;
}

interface PickListProps {
  title: string;
  placeholder: string;
  items: readonly PickItem[];
  /** In CSS pixels of the window; kept inside it. */
  at: { readonly x: number; readonly y: number };
  none: (text: string) => string;
  onPick: (key: string) => void;
  onClose: () => void;
}

const WIDTH = 300;
const HEIGHT = 340;
/** Drawn at first and each time that the end is reached: thousands of names would take too long. */
const DRAWN = 100;

interface Found extends Omit<NamedMatch, "score"> {
  readonly item: PickItem;
}

export function searchItems(items: readonly PickItem[], query: string): readonly Found[] {
  if (query.trim() === "") return items.map((item) => ({ item, positions: [], alsoPositions: [] }));
  const found = items.flatMap((item) => {
    const match = matchNamed(query, item.label, item.also);
    return match === null ? [] : [{ item, ...match }];
  });
  // What cannot be picked stands last, with its reason: Enter takes the first.
  return found.sort((a, b) => Number(a.item.cannot !== undefined) - Number(b.item.cannot !== undefined) || b.score - a.score);
}

export function PickList({ title, placeholder, items, at, none, onPick, onClose }: PickListProps) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const [most, setMost] = useState(DRAWN);
  const box = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  const found = useMemo(() => searchItems(items, query), [items, query]);
  const drawn = Math.min(most, found.length);
  const current = Math.min(chosen, drawn - 1);

  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) onClose();
    };
    window.addEventListener("pointerdown", onPointerDown, true);
    return () => {
      window.removeEventListener("pointerdown", onPointerDown, true);
      if (!focusIsFree()) return;
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else focusScreen();
    };
  }, [onClose, before]);

  useEffect(() => {
    box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  });

  const pick = (index: number): void => {
    const item = found[index]?.item;
    if (item === undefined || item.cannot !== undefined) return;
    onClose();
    onPick(item.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const key = typedKey(event);
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (by !== undefined) {
      const next = Math.min(found.length, current + by + 1 > drawn ? most + DRAWN : drawn);
      setMost(Math.max(most, next));
      setChosen((current + by + next) % Math.max(1, next));
    } else if (key === "Enter") pick(current);
    else if (key === "Escape" || key === "Tab") onClose();
    else return;
    event.preventDefault();
  };
  const onScroll = ({ currentTarget: list }: UIEvent): void => {
    if (drawn < found.length && list.scrollHeight - list.scrollTop < 2 * list.clientHeight) setMost(most + DRAWN);
  };
  const left = Math.max(8, Math.min(at.x, window.innerWidth - WIDTH - 8));
  const top = Math.max(8, Math.min(at.y, window.innerHeight - HEIGHT - 8));
  return (
    <div
      ref={box}
      className="pick-list"
      role="dialog"
      aria-label={title}
      data-keeps-escape
      style={{ left, top, width: WIDTH, maxHeight: HEIGHT }}
    >
      <div className="pick-search">
        <Icon name="search" size={14} />
        <input
          ref={(element) => element?.focus()}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(found.length === 0 ? {} : { "aria-activedescendant": `${id}-${current}` })}
          aria-label={title}
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
            setMost(DRAWN);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {found.length === 0 && <p className="pick-none">{none(query)}</p>}
      <div role="listbox" id={`${id}-list`} aria-label={title} className="pick-items" onScroll={onScroll}>
        {found.slice(0, drawn).map(({ item, positions, alsoPositions }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above keeps the focus and handles the keys, as the combobox pattern asks
          <div
            key={item.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            aria-disabled={item.cannot !== undefined}
            className="pick-item"
            title={item.cannot}
            onPointerMove={() => setChosen(index)}
            onClick={() => pick(index)}
          >
            {item.mark}
            <MarkedName label={item.label} also={item.also} positions={positions} alsoPositions={alsoPositions} />
            <span className="pick-note clip">{item.cannot ?? item.note}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
