import { Button } from "@blueprintjs/core";
import { Component, type ReactNode } from "react";
import { faultData, type RefusalData } from "../../shared/base/errors.ts";
import { ErrorPanel } from "../parts/error-panel.tsx";

/** A screen that fails says so in its place; rail, case bar and every other screen go on. */
export class Fault extends Component<{ readonly children: ReactNode }, { readonly error?: RefusalData }> {
  override state: { readonly error?: RefusalData } = {};

  static getDerivedStateFromError(error: unknown): { error: RefusalData } {
    const again = "show it again; nothing in the case has changed";
    return { error: faultData(error, "This screen met a fault of its own", again) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const again = (
      <Button
        size="small"
        variant="outlined"
        text="Show again"
        onClick={() => this.setState({ error: undefined as never })}
      />
    );
    return <ErrorPanel error={error} actions={again} />;
  }
}
