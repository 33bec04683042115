import type { ReactNode } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useTranslate } from "../i18n/translate.tsx";
import type { PaneName } from "../state/labState.ts";
import { useLab, useStores } from "../state/stores.tsx";
import { TerminalArea } from "../terminal/TerminalArea.tsx";
import { TopologyView } from "../topology/TopologyView.tsx";
import { LeftPane } from "./LeftPane.tsx";
import { MaximiseButton } from "./MaximiseButton.tsx";
import { readPanes } from "./paneSizes.ts";

function Pane({ lab, name, children }: { lab: string; name: PaneName; children: ReactNode }) {
  const { t } = useTranslate();
  return (
    <section className={`pane pane-${name}`} data-pane={name} tabIndex={-1} aria-label={t(`lab.pane.${name}`)}>
      {children}
      {name === "guide" ? null : <MaximiseButton lab={lab} pane={name} />}
    </section>
  );
}

/** Guide at the left, topology at the right, terminals below the topology; sizes are remembered per lab. */
export function LabPanes({ lab }: { lab: string }) {
  const { t } = useTranslate();
  const store = useStores().lab(lab);
  const maximised = useLab(lab, (state) => state.maximised);
  const isProjecting = useLab(lab, (state) => state.isProjecting);
  const sizes = readPanes(store.getState().layout?.panes);
  const remember = (patch: Partial<typeof sizes>) => {
    // A maximised pane is a passing state: its sizes are not those to come back to.
    const state = store.getState();
    if (state.maximised === undefined) state.rememberLayout({ panes: { ...readPanes(state.layout?.panes), ...patch } });
  };
  return (
    <main className="panes" id="content" data-maximised={maximised}>
      <Group id="columns" orientation="horizontal" defaultLayout={sizes.columns} onLayoutChanged={(columns) => remember({ columns })}>
        <Panel id="guide" minSize="260px">
          <Pane lab={lab} name="guide">
            <LeftPane lab={lab} />
          </Pane>
        </Panel>
        <Separator className="separator" aria-label={t("lab.resize")} />
        <Panel id="work" minSize="30%">
          <Group id="rows" orientation="vertical" defaultLayout={sizes.rows} onLayoutChanged={(rows) => remember({ rows })}>
            <Panel id="topology" minSize="15%">
              <Pane lab={lab} name="topology">
                {isProjecting ? null : <TopologyView lab={lab} />}
              </Pane>
            </Panel>
            <Separator className="separator" aria-label={t("lab.resize")} />
            <Panel id="terminals" minSize="12%">
              <Pane lab={lab} name="terminals">
                <TerminalArea lab={lab} />
              </Pane>
            </Panel>
          </Group>
        </Panel>
      </Group>
    </main>
  );
}
