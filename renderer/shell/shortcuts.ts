/**
 * Every act that has keys, with the keys it has from the start: the one source of what the handlers match and of what sheet (F1), menus and
 * hints show. A person may bind others (bindings.ts, state/keys.ts). The acts of the canvas are in canvas/use-canvas-keys.ts, those of the
 * frame in use-app-keys.ts.
 */
import type { TextKey } from "../ui/texts.ts";

export type Section = "everywhere" | "editing" | "canvas";

interface Shortcut {
  readonly keys: readonly string[];
  readonly text: TextKey;
  readonly section: Section;
  /** Why these keys cannot be bound anew, where they cannot. */
  readonly fixed?: TextKey;
}

export const shortcuts = {
  train: { keys: ["Mod+Enter"], text: "keys.train", section: "everywhere" },
  stop: { keys: ["Mod+Alt+Enter"], text: "keys.stop", section: "everywhere" },
  discard: { keys: ["Mod+Shift+Enter"], text: "keys.discard", section: "everywhere" },
  pause: { keys: ["F8"], text: "keys.pause", section: "everywhere" },
  stepBatch: { keys: ["F10"], text: "keys.step_batch", section: "everywhere" },
  stepEpoch: { keys: ["Mod+F10"], text: "keys.step_epoch", section: "everywhere" },
  slowMotion: { keys: ["Mod+F8"], text: "keys.slow_motion", section: "everywhere" },
  messages: { keys: ["Alt+M"], text: "keys.messages", section: "everywhere" },
  settings: { keys: ["Mod+,"], text: "keys.settings", section: "everywhere" },
  help: { keys: ["F1", "?"], text: "keys.help", section: "everywhere" },
  undo: { keys: ["Mod+Z"], text: "keys.undo", section: "editing" },
  redo: { keys: ["Mod+Y", "Mod+Shift+Z"], text: "keys.redo", section: "editing" },
  keepVersion: { keys: ["Mod+S"], text: "keys.keep_version", section: "editing" },
  versions: { keys: ["Mod+Shift+H"], text: "keys.versions", section: "editing" },
  copy: { keys: ["Mod+C"], text: "keys.copy", section: "editing", fixed: "keys.fixed_clipboard" },
  cut: { keys: ["Mod+X"], text: "keys.cut", section: "editing", fixed: "keys.fixed_clipboard" },
  paste: { keys: ["Mod+V"], text: "keys.paste", section: "editing", fixed: "keys.fixed_clipboard" },
  pasteLinked: { keys: ["Mod+Shift+V"], text: "keys.paste_linked", section: "editing", fixed: "keys.fixed_clipboard" },
  duplicate: { keys: ["Mod+D"], text: "keys.duplicate", section: "editing" },
  delete: { keys: ["Delete", "Backspace"], text: "keys.delete", section: "editing" },
  selectAll: { keys: ["Mod+A"], text: "keys.select_all", section: "editing" },
  unselect: { keys: ["Escape"], text: "keys.unselect", section: "editing", fixed: "keys.fixed_escape" },
  rename: { keys: ["F2"], text: "keys.rename", section: "editing" },
  bypass: { keys: ["Mod+B"], text: "keys.bypass", section: "editing" },
  freeze: { keys: ["Shift+F"], text: "keys.freeze", section: "editing" },
  share: { keys: ["Shift+W"], text: "keys.share", section: "editing" },
  group: { keys: ["Mod+G"], text: "keys.group", section: "editing" },
  takeOut: { keys: ["Mod+Shift+G"], text: "keys.take_out", section: "editing" },
  saveBlock: { keys: ["Alt+B"], text: "keys.save_block", section: "editing" },
  repeat: { keys: ["Alt+R"], text: "keys.repeat", section: "editing" },
  collapse: { keys: ["Alt+C"], text: "keys.collapse", section: "editing" },
  enterGroup: { keys: ["E"], text: "keys.enter_group", section: "editing" },
  leaveGroup: { keys: ["Shift+E"], text: "keys.leave_group", section: "editing" },
  moveEarlier: { keys: ["Alt+ArrowUp"], text: "keys.move_earlier", section: "editing" },
  moveLater: { keys: ["Alt+ArrowDown"], text: "keys.move_later", section: "editing" },
  alignLeft: { keys: ["Alt+A"], text: "keys.align_left", section: "editing" },
  alignCentre: { keys: ["Alt+H"], text: "keys.align_centre", section: "editing" },
  alignRight: { keys: ["Alt+D"], text: "keys.align_right", section: "editing" },
  alignTop: { keys: ["Alt+W"], text: "keys.align_top", section: "editing" },
  alignMiddle: { keys: ["Alt+V"], text: "keys.align_middle", section: "editing" },
  alignBottom: { keys: ["Alt+S"], text: "keys.align_bottom", section: "editing" },
  distributeAcross: { keys: ["Alt+Shift+H"], text: "keys.distribute_across", section: "editing" },
  distributeDown: { keys: ["Alt+Shift+V"], text: "keys.distribute_down", section: "editing" },
  add: { keys: ["Mod+K"], text: "keys.add", section: "canvas" },
  listView: { keys: ["Shift+L"], text: "keys.list_view", section: "canvas" },
  favourite: { keys: ["*"], text: "keys.favourite", section: "canvas" },
  find: { keys: ["Mod+F"], text: "keys.find", section: "canvas" },
  nextLayer: { keys: ["J"], text: "keys.next_layer", section: "canvas" },
  previousLayer: { keys: ["K"], text: "keys.previous_layer", section: "canvas" },
  connect: { keys: ["C"], text: "keys.connect", section: "canvas" },
  connectFrom: { keys: ["I"], text: "keys.connect_from", section: "canvas" },
  disconnect: { keys: ["Shift+X"], text: "keys.disconnect", section: "canvas" },
  addBehind: { keys: ["Shift+C"], text: "keys.add_behind", section: "canvas" },
  snap: { keys: ["Shift+G"], text: "keys.snap", section: "canvas" },
  fit: { keys: ["."], text: "keys.fit", section: "canvas" },
  arrange: { keys: ["Shift+A"], text: "keys.arrange", section: "canvas" },
  arrangeDown: { keys: ["Shift+D"], text: "keys.arrange_down", section: "canvas" },
  note: { keys: ["N"], text: "keys.note", section: "canvas" },
  frame: { keys: ["Shift+N"], text: "keys.frame", section: "canvas" },
  annotationColour: { keys: ["Alt+N"], text: "keys.annotation_colour", section: "canvas" },
  annotationWider: { keys: ["Alt+ArrowRight"], text: "keys.annotation_wider", section: "canvas" },
  annotationNarrower: { keys: ["Alt+ArrowLeft"], text: "keys.annotation_narrower", section: "canvas" },
  annotationTaller: { keys: ["Alt+Shift+ArrowDown"], text: "keys.annotation_taller", section: "canvas" },
  annotationShorter: { keys: ["Alt+Shift+ArrowUp"], text: "keys.annotation_shorter", section: "canvas" },
  signals: { keys: ["Shift+S"], text: "keys.signals", section: "canvas" },
  zoomIn: { keys: ["+"], text: "keys.zoom_in", section: "canvas" },
  zoomOut: { keys: ["-"], text: "keys.zoom_out", section: "canvas" },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutName = keyof typeof shortcuts;

export const shortcutNames = Object.keys(shortcuts) as readonly ShortcutName[];

/** Why the act keeps its keys; undefined where they can be bound anew. */
export function fixedReason(name: ShortcutName): TextKey | undefined {
  const shortcut: Shortcut = shortcuts[name];
  return shortcut.fixed;
}
