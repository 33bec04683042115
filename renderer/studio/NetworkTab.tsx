import { FilePlus2, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { networkJsonSchema } from "../../playground/model/jsonSchema.ts";
import { editText, setAt } from "../../playground/model/labDocument.ts";
import { placeResource, type PaletteItem } from "../../playground/model/placeResource.ts";
import { removeResource } from "../../playground/model/removeResource.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { parseYaml } from "../../playground/model/yamlSource.ts";
import { Button } from "../components/Button.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { NetworkEditor, type EditorHandle } from "../network/NetworkEditor.tsx";
import "../network/network.css";
import type { JsonSchema } from "../network/schemaWalk.ts";
import { DraftPicture } from "./DraftPicture.tsx";
import { ElementRulesPanel } from "./ElementRulesPanel.tsx";
import { NetworkChoice, useNetworkFiles } from "./NetworkChoice.tsx";
import { readParts } from "./labParts.ts";
import { NewNetworkDialog } from "./NewNetworkDialog.tsx";
import { Palette } from "./Palette.tsx";
import { useDraftLab, useDraftNetwork } from "./useDraftLab.ts";
import { useDraft, useStudio, useText } from "./useStudio.tsx";

const schema = networkJsonSchema() as JsonSchema;
const kinds: Readonly<Record<string, string>> = { vpc: "vpcs", subnet: "subnets", "internet-gateway": "internet_gateways", "nat-gateway": "nat_gateways", "peering-connection": "peering_connections", node: "instances" };

/** One of the lab's networks, as a picture onto which things are dragged, and as the text that they are written into. */
export function NetworkTab({ path, onPath }: { path: string; onPath: (path: string) => void }) {
  const { t } = useTranslate(authorTexts);
  const { store } = useStudio();
  const text = useText(path);
  const labText = useText("lab.yml");
  const lab = useDraftLab();
  const { network, topology } = useDraftNetwork(lab, path);
  const faults = useDraft((state) => state.faults);
  const files = useNetworkFiles();
  const editor = useRef<EditorHandle>(null);
  const [selected, setSelected] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  /** While a text has faults, the last picture without any. */
  const [last, setLast] = useState<{ path: string; topology: Topology }>();
  if (topology !== undefined && last?.topology !== topology) setLast({ path, topology });
  const shown = topology ?? (last?.path === path ? last.topology : undefined);

  /** Shows a line of the text, which the editor takes on the next turn; the picture keeps the focus, for the keys that it knows. */
  const reveal = (line: number): void => void setTimeout(() => editor.current?.goTo(line, 1, { staysOut: true }), 0);
  const show = (id: string | undefined, inText = text): void => {
    setSelected(id);
    const [kind = "", name = ""] = (id ?? "").split("/");
    const at = kinds[kind] === undefined ? undefined : parseYaml(inText, "network.yml").positions.locate([kinds[kind], name], true);
    if (at !== undefined && inText.split("\n")[at.line - 1]?.includes(name) === true) reveal(at.line);
  };
  const place = (item: PaletteItem, target: string | undefined): void => {
    if (!lab || !network) return setRefusal(t("place.unreadable"));
    const placed = placeResource({ networkText: text, labText, network, lab }, item, target);
    if ("refused" in placed) return setRefusal(t(`place.${placed.refused}`));
    setRefusal(undefined);
    store.getState().change({ [path]: placed.networkText, "lab.yml": placed.labText });
    show(placed.id, placed.networkText);
  };
  const remove = (): void => {
    if (selected === undefined || !network) return;
    const removed = removeResource({ networkText: text, labText }, network, selected);
    store.getState().change({ [path]: removed.networkText, "lab.yml": removed.labText });
    setSelected(undefined);
  };
  const changeRules = (next: string): void => {
    store.getState().change({ [path]: next });
    const before = text.split("\n");
    const line = next.split("\n").findIndex((one, index) => one !== before[index]);
    if (line >= 0) reveal(line + 1);
  };
  const removeFile = (): void => {
    const name = /^broken\/([^/]+)\//.exec(path)?.[1];
    const withoutIt = editText(labText, (document) => {
      if (name !== undefined) document.deleteIn(["broken", name]);
      readParts(labText).steps.filter((step) => step.solution === path).forEach((step) => setAt(document, ["steps", step.index, "solve", "network"], undefined));
    });
    store.getState().change({ [path]: undefined, "lab.yml": withoutIt });
    onPath("network.yml");
  };
  const isKept = path === "network.yml" || !files.includes(path);
  return (
    <div className="studio-network">
      <Palette onPlace={(item) => place(item, selected)} />
      <div className="studio-canvas">
        <div className="studio-canvas-head">
          <NetworkChoice value={path} onChange={onPath} />
          <Button size="small" icon={<FilePlus2 size={14} />} onClick={() => setAdding(true)}>{t("network.add")}</Button>
          {isKept ? null : <Button size="small" kind="quiet" icon={<Trash2 size={14} />} aria-label={t("network.remove")} onClick={removeFile} />}
          <span className="grow" />
          {selected === undefined ? <span className="muted">{t("network.hint")}</span> : (
            <>
              <span className="mono">{selected.split("/").slice(1).join("/") || selected}</span>
              <Button size="small" icon={<Trash2 size={14} />} title={t("network.deleteHint")} onClick={remove}>{t("remove")}</Button>
            </>
          )}
        </div>
        {refusal === undefined ? null : (
          <div className="studio-refusal" role="alert">
            <span>{refusal}</span>
            <Button kind="ghost" size="small" onClick={() => setRefusal(undefined)}>{t("dismiss")}</Button>
          </div>
        )}
        {shown === undefined ? <p className="empty">{t("network.noPicture")}</p> : <DraftPicture topology={shown} selected={selected} isStale={topology === undefined} onSelect={show} onPlace={place} onRemove={remove} />}
        {selected === undefined ? null : <ElementRulesPanel text={text} selected={selected} onChange={changeRules} />}
      </div>
      <div className="studio-text">
        <NetworkEditor key={path} ref={editor} text={text} faults={faults.filter((fault) => fault.file === path)} schema={schema} onChange={(next) => store.getState().change({ [path]: next }, path)} onSave={() => void store.getState().save()} />
      </div>
      {isAdding ? <NewNetworkDialog from={path} onClose={() => setAdding(false)} onMade={onPath} /> : null}
    </div>
  );
}
