/** One act of the sheet of keys: its keys as buttons that record others, what stands in the way of new ones, and the way back. */
import { type KeyboardEvent, useState } from "react";
import { setOverrides, useKeys } from "../state/keys.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { keptBy } from "../ui/kept-keys.ts";
import { combinationOf, formatKeys } from "../ui/keys.ts";
import { useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { bind, holderOf, isChanged, resetAct, unbind } from "./bindings.ts";
import { fixedReason, type ShortcutName, shortcuts } from "./shortcuts.ts";

interface BindingRowProps {
  act: ShortcutName;
  /** Which of its keys are being recorded; null for none. */
  recorded: number | null;
  onRecord: (slot: number | null) => void;
  /** What was done, in words. */
  onSay: (words: string) => void;
}

export function BindingRow({ act, recorded, onRecord, onSay }: BindingRowProps) {
  const t = useText();
  const { bindings, overrides } = useKeys();
  const what = t(shortcuts[act].text);
  const fixed = fixedReason(act);
  const keys = bindings[act];
  if (fixed !== undefined) return <KeyRow what={what} keys={keys.map((each) => formatKeys(each))} why={t(fixed)} />;
  const reset = (): void => {
    const { overrides: next, reset: acts } = resetAct(overrides, act);
    setOverrides(next);
    onRecord(null);
    onSay(t("keys.was_reset", { acts: acts.map((name) => t(shortcuts[name].text)).join(", ") }));
  };
  return (
    <div className="key-binding">
      <div className={isChanged(bindings, act) ? "key-row changed" : "key-row"}>
        <span>{what}</span>
        <span className="key-row-keys">
          <span className="key-acts">
            <IconButton small icon="add" label={t("keys.add_another", { act: what })} onClick={() => onRecord(keys.length)} />
            {isChanged(bindings, act) && (
              <IconButton
                small
                icon="undo"
                label={t("keys.reset_one", { act: what, keys: shortcuts[act].keys.map((each) => formatKeys(each)).join(", ") })}
                onClick={reset}
              />
            )}
          </span>
          {keys.length === 0 && <span className="key-none">{t("keys.no_key")}</span>}
          {keys.map((each, slot) => (
            <button
              key={each}
              type="button"
              className="kbd"
              aria-label={t("keys.change", { act: what, keys: formatKeys(each) })}
              aria-expanded={recorded === slot}
              onClick={() => onRecord(recorded === slot ? null : slot)}
            >
              {formatKeys(each)}
            </button>
          ))}
        </span>
      </div>
      {recorded !== null && <Recorder key={recorded} act={act} slot={recorded} onEnd={() => onRecord(null)} onSay={onSay} />}
    </div>
  );
}

interface RecorderProps {
  act: ShortcutName;
  slot: number;
  onEnd: () => void;
  onSay: (words: string) => void;
}

/** Takes the next keys that are pressed. */
function Recorder({ act, slot, onEnd, onSay }: RecorderProps) {
  const t = useText();
  const { bindings, overrides } = useKeys();
  const [pressed, setPressed] = useState<string | null>(null);
  const what = t(shortcuts[act].text);
  const before = bindings[act][slot];
  const give = (keys: string): void => {
    setOverrides(bind(overrides, { act, slot }, keys));
    onSay(t("keys.bound", { act: what, keys: formatKeys(keys) }));
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    // Tab goes to the buttons beside the field; Escape leaves the keys as they are and the sheet open.
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey) return;
    event.preventDefault();
    if (typedKey(event) === "Escape") {
      onEnd();
      return;
    }
    const keys = combinationOf(event.nativeEvent);
    if (keys === null) return;
    const holder = holderOf(bindings, keys);
    if (keptBy(keys) === null && (holder === undefined || holder === act)) give(keys);
    else setPressed(keys);
  };
  return (
    <div className="key-recorder">
      <input
        className="input"
        readOnly
        data-keeps-escape
        ref={(field) => field?.focus()}
        aria-label={t("keys.press_for", { act: what })}
        placeholder={t("keys.press")}
        value={pressed === null ? "" : formatKeys(pressed)}
        onKeyDown={onKeyDown}
      />
      {pressed === null && before !== undefined && (
        <Button
          small
          onClick={() => {
            setOverrides(unbind(overrides, { act, slot }));
            onSay(t("keys.removed", { act: what, keys: formatKeys(before) }));
            onEnd();
          }}
        >
          {t("keys.remove", { keys: formatKeys(before) })}
        </Button>
      )}
      <Button small onClick={onEnd}>
        {t("common.cancel")}
      </Button>
      {pressed !== null && <Obstacle keys={pressed} before={before} onTake={() => give(pressed)} />}
    </div>
  );
}

/** Why keys cannot simply be taken: the browser keeps them, or another act has them and may swap. */
function Obstacle({ keys, before, onTake }: { keys: string; before: string | undefined; onTake: () => void }) {
  const t = useText();
  const holder = useKeys(({ bindings }) => holderOf(bindings, keys));
  const kept = keptBy(keys);
  const shown = formatKeys(keys);
  const fixed = holder === undefined ? undefined : fixedReason(holder);
  const act = holder === undefined ? "" : t(shortcuts[holder].text);
  if (kept !== null)
    return (
      <p className="key-obstacle" role="alert">
        {t("keys.refused", { keys: shown, reason: t(`keys.kept_${kept}`) })}
      </p>
    );
  if (fixed !== undefined)
    return (
      <p className="key-obstacle" role="alert">
        {t("keys.clash_fixed", { keys: shown, act, reason: t(fixed) })}
      </p>
    );
  return (
    <>
      <p className="key-obstacle" role="alert">
        {t("keys.clash", { keys: shown, act })}
      </p>
      <Button small look="primary" onClick={onTake}>
        {before === undefined ? t("keys.take", { act }) : t("keys.swap", { act, keys: formatKeys(before) })}
      </Button>
    </>
  );
}

/** Keys that are as they are. */
export function KeyRow({ what, keys, why }: { what: string; keys: readonly string[]; why?: string }) {
  return (
    <div className="key-row" title={why}>
      <span>{what}</span>
      <span className="key-row-keys">
        {keys.map((each) => (
          <kbd key={each} className="kbd">
            {each}
          </kbd>
        ))}
      </span>
    </div>
  );
}
