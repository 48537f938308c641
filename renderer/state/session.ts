/**
 * What belongs to the person rather than to a project: theme, language, panel sizes, and facts about the host. Every
 * change is remembered through app.set_setting. The open project is in document.ts, screens and dialogs in view.ts.
 */
import { create } from "zustand";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import type { Language } from "../../resources/translations/translate.ts";
import { host } from "./host.ts";
import { report } from "./toasts.ts";

export type ThemeChoice = "system" | "light" | "dark";
export interface PanelSizes {
  /** Widths of palette and inspector and height of the dock, in CSS pixels. */
  readonly palette: number;
  readonly inspector: number;
  readonly dock: number;
  /** Height of the dock while it looks inside: maps and their choices need more than curves. */
  readonly inside: number;
  /** Height of the dock while nothing is trained: it says how to begin, and leaves the room to the network. */
  readonly untrained: number;
}
export const PANEL_LIMITS: Readonly<Record<keyof PanelSizes, readonly [min: number, max: number]>> = {
  palette: [160, 360],
  inspector: [240, 520],
  dock: [120, 640],
  inside: [120, 640],
  untrained: [96, 640],
};

interface SessionState {
  readonly info: MethodOutput<"app.info"> | null;
  readonly themeChoice: ThemeChoice;
  readonly theme: "light" | "dark";
  readonly language: Language;
  readonly panels: PanelSizes;
  readonly dockOpen: boolean;
  /** Whether the help card of a layer is unfolded. */
  readonly helpOpen: boolean;
  /** Whether what is dragged, added or pasted snaps to the dots of the canvas. */
  readonly snap: boolean;
  /** Whether the designer shows the design as a list rather than as a canvas. */
  readonly listView: boolean;
  /** Reason why the host is gone; null while it is there. */
  readonly closed: string | null;
  /** The program has ended because it was told to on this page. */
  readonly hasQuit: boolean;
  /** The connection broke and is being made again. */
  readonly interrupted: boolean;
  setTheme(choice: ThemeChoice): void;
  setLanguage(language: Language): void;
  setPanel(panel: keyof PanelSizes, size: number): void;
  setDockOpen(open: boolean): void;
  setHelpOpen(open: boolean): void;
  setSnap(snap: boolean): void;
  setListView(listView: boolean): void;
}

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

function resolve(choice: ThemeChoice): "light" | "dark" {
  if (choice !== "system") return choice;
  return systemDark.matches ? "dark" : "light";
}

const pending = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; readonly last: (() => void) | null }>();
export const PAUSE_IN_A_BURST_MS = 200;

/** Whether a change of the setting is on its way, or was a moment ago. */
export const isBeingRemembered = (key: string): boolean => pending.has(key);

/** Remembers a setting. Of a burst (dragging a panel's edge) the first and the last are sent; the last at once where the page is left. */
export function remember(key: string, value: unknown): void {
  const send = (): void => {
    host().call("app.set_setting", { key, value }).catch(report);
  };
  const earlier = pending.get(key);
  clearTimeout(earlier?.timer);
  const last = earlier === undefined ? null : send;
  if (earlier === undefined) send();
  const timer = setTimeout(() => {
    pending.delete(key);
    last?.();
  }, PAUSE_IN_A_BURST_MS);
  pending.set(key, { timer, last });
}

window.addEventListener("pagehide", () => {
  for (const { timer, last } of pending.values()) {
    clearTimeout(timer);
    last?.();
  }
  pending.clear();
});

export const useSession = create<SessionState>()((set, get) => ({
  info: null,
  themeChoice: "system",
  theme: resolve("system"),
  language: navigator.language.startsWith("zh") ? "zh" : "en",
  panels: { palette: 240, inspector: 300, dock: 250, inside: 400, untrained: 118 },
  dockOpen: true,
  helpOpen: false,
  snap: false,
  listView: false,
  closed: null,
  hasQuit: false,
  interrupted: false,
  setTheme(choice) {
    set({ themeChoice: choice, theme: resolve(choice) });
    remember("theme", choice);
  },
  setLanguage(language) {
    set({ language });
    remember("language", language);
  },
  setPanel(panel, size) {
    const [min, max] = PANEL_LIMITS[panel];
    const panels = { ...get().panels, [panel]: Math.round(Math.min(max, Math.max(min, size))) };
    set({ panels });
    remember("panels", panels);
  },
  setDockOpen(dockOpen) {
    set({ dockOpen });
    remember("dock_open", dockOpen);
  },
  setHelpOpen(helpOpen) {
    set({ helpOpen });
    remember("help_open", helpOpen);
  },
  setSnap(snap) {
    set({ snap });
    remember("snap", snap);
  },
  setListView(listView) {
    set({ listView });
    remember("list_view", listView);
  },
}));

systemDark.addEventListener("change", () => {
  const { themeChoice } = useSession.getState();
  useSession.setState({ theme: resolve(themeChoice) });
});

function applyToPage(state: SessionState): void {
  document.documentElement.dataset["theme"] = state.theme;
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
}
useSession.subscribe(applyToPage);
applyToPage(useSession.getState());

/** Reads what was remembered; called once, before the first screen is drawn. @returns all settings, for those who keep theirs elsewhere */
export async function loadSession(): Promise<Readonly<Record<string, unknown>>> {
  const [info, settings] = await Promise.all([host().call("app.info", {}), host().call("app.settings", {})]);
  const { theme, language, panels, dock_open, help_open, snap, list_view } = settings;
  const state = useSession.getState();
  const themeChoice = theme === "light" || theme === "dark" || theme === "system" ? theme : state.themeChoice;
  useSession.setState({
    info,
    themeChoice,
    theme: resolve(themeChoice),
    language: language === "en" || language === "zh" ? language : state.language,
    panels: readPanels(panels, state.panels),
    dockOpen: typeof dock_open === "boolean" ? dock_open : state.dockOpen,
    helpOpen: typeof help_open === "boolean" ? help_open : state.helpOpen,
    snap: typeof snap === "boolean" ? snap : state.snap,
    listView: typeof list_view === "boolean" ? list_view : state.listView,
  });
  return settings;
}

function readPanels(saved: unknown, current: PanelSizes): PanelSizes {
  if (saved === null || typeof saved !== "object") return current;
  const sizes = { ...current };
  for (const [panel, [min, max]] of Object.entries(PANEL_LIMITS)) {
    const size: unknown = Reflect.get(saved, panel);
    if (typeof size === "number" && size >= min && size <= max) sizes[panel as keyof PanelSizes] = size;
  }
  return sizes;
}
