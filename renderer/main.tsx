/** Starts the renderer: connects to the host, reads what was remembered, draws the app. Says in words when there is no host. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { connectHost } from "./host/connect.ts";
import { StartFailure } from "./shell/StartFailure.tsx";
import { holdAgain, holdShownProject } from "./start/held-project.ts";
import { listenToFiles } from "./start/project-file.ts";
import { followDataset } from "./state/dataset.ts";
import { flushSave } from "./state/document.ts";
import { listenToGroups } from "./state/groups.ts";
import { provideHost } from "./state/host.ts";
import { tellReaderChange, withNamedRuns } from "./state/named-runs.ts";
import { catchUp, listenToRuns } from "./state/runs.ts";
import { keepProjectOnReload } from "./state/same-project.ts";
import { loadSession, useSession } from "./state/session.ts";
import { catchUpSettings, listenToSettings, readShared } from "./state/shared-settings.ts";
import { listenToSignals } from "./state/signals.ts";
import { report } from "./state/toasts.ts";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/buttons.css";
import "./ui/fields.css";
import "./ui/floating.css";
import "./ui/states.css";

async function start(): Promise<void> {
  const root = createRoot(document.getElementById("root") ?? document.body);
  try {
    const client = await connectHost();
    provideHost(withNamedRuns(client, () => useSession.getState().language));
    client.onClosed((reason) => useSession.setState({ closed: reason }));
    client.onInterrupted(() => useSession.setState({ interrupted: true }));
    client.onReconnected(() => {
      useSession.setState({ interrupted: false });
      catchUp();
      holdAgain();
      catchUpSettings();
      // What could not be saved meanwhile.
      flushSave().catch(report);
    });
    const settings = await loadSession();
    readShared(settings);
    listenToSettings();
    useSession.subscribe(({ language }, before) => {
      if (language !== before.language) tellReaderChange(language);
    });
    listenToRuns();
    listenToGroups();
    listenToSignals();
    followDataset();
    await keepProjectOnReload();
    holdShownProject();
    listenToFiles();
    root.render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  } catch (thrown) {
    root.render(<StartFailure error={thrown} />);
  }
}

void start();
