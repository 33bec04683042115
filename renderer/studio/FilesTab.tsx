import { useEffect, useRef } from "react";
import { labJsonSchema, networkJsonSchema } from "../../playground/model/jsonSchema.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { NetworkEditor, type EditorHandle } from "../network/NetworkEditor.tsx";
import type { JsonSchema } from "../network/schemaWalk.ts";
import { useDraft, useStudio, useText } from "./useStudio.tsx";

const schemas = { lab: labJsonSchema() as JsonSchema, network: networkJsonSchema() as JsonSchema };

/** Every text of the lab as it is in its folder: what no form knows is written here. */
export function FilesTab({ path, line, onPath }: { path: string; line: number | undefined; onPath: (path: string) => void }) {
  const { t } = useTranslate(authorTexts);
  const { store } = useStudio();
  const files = useDraft((state) => Object.keys(state.history?.files ?? {}).join("\n"));
  const faults = useDraft((state) => state.faults);
  const text = useText(path);
  const editor = useRef<EditorHandle>(null);
  useEffect(() => {
    if (line !== undefined) editor.current?.goTo(line);
  }, [path, line]);
  return (
    <div className="studio-columns files">
      <section className="studio-list" aria-label={t("tab.files")}>
        <ul>
          {files.split("\n").sort().map((one) => {
            const count = faults.filter((fault) => fault.file === one).length;
            return (
              <li key={one}>
                <button type="button" className="mono" aria-current={one === path} onClick={() => onPath(one)}>
                  <span>{one}</span>
                  {count > 0 ? <span className="pill bad">{count}</span> : null}
                </button>
              </li>
            );
          })}
        </ul>
      </section>
      <div className="studio-text">
        <NetworkEditor
          key={path} ref={editor} text={text} faults={faults.filter((fault) => fault.file === path)} schema={path === "lab.yml" ? schemas.lab : path.endsWith(".yml") ? schemas.network : undefined}
          onChange={(next) => store.getState().change({ [path]: next }, path)} onSave={() => void store.getState().save()}
        />
      </div>
    </div>
  );
}
