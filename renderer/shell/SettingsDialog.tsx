/** Settings: how the app looks, what the host keeps of training and files, the library, and facts about this copy of the program. */
import { type ReactNode, useId, useState } from "react";
import { type ThemeChoice, useSession } from "../state/session.ts";
import { useAnswer } from "../state/use-answer.ts";
import { closeDialog } from "../state/view.ts";
import { Field, Select } from "../ui/Field.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Busy, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { FileAssociation } from "./FileAssociation.tsx";
import { LibrarySettings } from "./LibrarySettings.tsx";
import { CheckpointSettings, QueueSettings, SnapshotSettings } from "./TrainingSettings.tsx";

export function SettingsDialog() {
  const t = useText();
  const info = useSession((state) => state.info);
  return (
    <Modal title={t("shell.settings")} onClose={closeDialog}>
      <div className="settings">
        <Section title={t("settings.look")}>
          <Looks />
        </Section>
        <Kept />
        {info !== null && (
          <Section title={t("settings.about")}>
            <div className="about">
              <p>{t("shell.about", { version: info.version, engine: info.engine_version, node: info.node, cores: info.cores })}</p>
              <p>{t("shell.home", { home: info.home })}</p>
            </div>
          </Section>
        )}
      </div>
    </Modal>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function Looks() {
  const t = useText();
  const language = useSession((state) => state.language);
  const themeChoice = useSession((state) => state.themeChoice);
  const { setLanguage, setTheme } = useSession.getState();
  const themes: readonly { value: ThemeChoice; label: string }[] = [
    { value: "system", label: t("shell.theme_system") },
    { value: "light", label: t("shell.theme_light") },
    { value: "dark", label: t("shell.theme_dark") },
  ];
  return (
    <>
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
    </>
  );
}

/** What the host keeps: asked for together, so that the dialog opens in one step and nothing moves under the pointer. */
function Kept() {
  const t = useText();
  const [again, setAgain] = useState(0);
  const association = useAnswer("app.association", {}, undefined, again);
  const settings = useAnswer("app.settings", {}, undefined, again);
  const space = useAnswer("library.space", {}, undefined, again);
  const error = association.error ?? settings.error ?? space.error;
  if (error !== null) return <Failure error={error} onRetry={() => setAgain(again + 1)} />;
  if (association.value === null || settings.value === null || space.value === null)
    return (
      <div className="settings-busy">
        <Busy what={t("common.loading")} onCancel={closeDialog} />
      </div>
    );
  return (
    <>
      <Section title={t("settings.files")}>
        <FileAssociation found={association.value.state} />
      </Section>
      <Section title={t("settings.training")}>
        <QueueSettings found={settings.value} />
      </Section>
      <Section title={t("library.checkpoints")}>
        <CheckpointSettings found={settings.value} />
      </Section>
      <Section title={t("library.snapshots")}>
        <SnapshotSettings found={settings.value} />
      </Section>
      <Section title={t("library.title")}>
        <LibrarySettings found={space.value} />
      </Section>
    </>
  );
}
