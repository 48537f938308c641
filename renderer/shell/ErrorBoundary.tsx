/** Catches a fault while drawing a screen: the rest of the app stays usable and the fault is shown with its message. */
import { Component, type ReactNode } from "react";
import { Failure } from "../ui/States.tsx";

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean; error: unknown }> {
  override state: { failed: boolean; error: unknown } = { failed: false, error: null };

  static getDerivedStateFromError(error: unknown): { failed: boolean; error: unknown } {
    return { failed: true, error };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="screen">
        <Failure error={this.state.error} onRetry={() => this.setState({ failed: false, error: null })} />
      </main>
    );
  }
}
