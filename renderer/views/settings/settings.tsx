import { Radio, RadioGroup, Switch } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { Settings } from "../../../shared/contract/desktop.ts";
import { Page, Section } from "../../parts/page.tsx";
import { useSession, useShared } from "../../session/session.tsx";

/** This machine's habits; nothing here belongs to a case. */
export function SettingsScreen(): ReactNode {
  const session = useSession();
  const settings = useShared((state) => state.settings);
  const version = useShared((state) => state.version);
  return (
    <Page title="Settings" isNarrow beside={<span>kept on this machine, in no case</span>}>
      <Section title="Look">
        <div className="panel">
          <RadioGroup
            label="Theme"
            selectedValue={settings.theme}
            onChange={(event) => session.change({ theme: event.currentTarget.value as Settings["theme"] })}
          >
            <Radio value="system" label="As the system" />
            <Radio value="light" label="Light" />
            <Radio value="dark" label="Dark" />
          </RadioGroup>
          <h3>Explore</h3>
          <Switch
            checked={settings.showFacets}
            label="Facets"
            onChange={() => session.change({ showFacets: !settings.showFacets })}
          />
          <Switch
            checked={settings.showDetail}
            label="Detail"
            onChange={() => session.change({ showDetail: !settings.showDetail })}
          />
        </div>
      </Section>
      <Section title="Keys">
        <div className="panel">
          <Switch
            checked={settings.singleKeys}
            label="Single keys are commands outside text fields"
            onChange={() => session.change({ singleKeys: !settings.singleKeys })}
          />
          <p className="muted">Turn them off if you dictate. Keys with Ctrl, Cmd or Alt, arrows and Enter stay.</p>
        </div>
      </Section>
      <Section title="About">
        <div className="panel">
          <dl className="facts">
            <dt>Version</dt>
            <dd>Exhibit {version}</dd>
            <dt>Network</dt>
            <dd>None. Nothing leaves this machine but the files you save.</dd>
          </dl>
        </div>
      </Section>
    </Page>
  );
}
