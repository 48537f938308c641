/** Settings: language, theme, and facts about this copy of the program. */
import { type ThemeChoice, useSession } from "../state/session.ts";
import { closeDialog } from "../state/view.ts";
import { Field, Select } from "../ui/Field.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useText } from "../ui/texts.ts";
import { FileAssociation } from "./FileAssociation.tsx";
import { LibrarySettings } from "./LibrarySettings.tsx";
import { TrainingSettings } from "./TrainingSettings.tsx";

export function SettingsDialog() {
  const t = useText();
  const language = useSession((state) => state.language);
  const themeChoice = useSession((state) => state.themeChoice);
  const info = useSession((state) => state.info);
  const { setLanguage, setTheme } = useSession.getState();
  const themes: readonly { value: ThemeChoice; label: string }[] = [
    { value: "system", label: t("shell.theme_system") },
    { value: "light", label: t("shell.theme_light") },
    { value: "dark", label: t("shell.theme_dark") },
  ];
  return (
    <Modal title={t("shell.settings")} onClose={closeDialog}>
      <Field label={t("shell.language")}>
        {(control) => (
          <Select
            {...control}
            value={language}
            options={[
              { value: "en", label: "English" },
              { value: "zh", label: "中文" },
            ]}
            onChange={setLanguage}
          />
        )}
      </Field>
      <Field label={t("shell.theme")}>
        {(control) => <Select {...control} value={themeChoice} options={themes} onChange={setTheme} />}
      </Field>
      <FileAssociation />
      <TrainingSettings />
      <LibrarySettings />
      {info !== null && (
        <div className="about">
          <p>{t("shell.about", { version: info.version, engine: info.engine_version, node: info.node, cores: info.cores })}</p>
          <p>{t("shell.home", { home: info.home })}</p>
        </div>
      )}
    </Modal>
  );
}
