import { useMemo, useState, type KeyboardEvent } from "react";
import type { Topology } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { roleName } from "./describeElement.ts";

interface SearchBoxProps {
  readonly topology: Topology;
  onChoose(id: string): void;
  onClose(): void;
}

const shownResults = 8;

/** Elements whose name, address, identifier or role contains the words, best match first. */
export function searchElements(topology: Topology, query: string, role: (name: string) => string): { id: string; name: string; detail: string }[] {
  const words = query.trim().toLowerCase();
  if (words === "") return [];
  const all = [
    ...topology.nodes.map((node) => ({ id: node.id, name: node.name, detail: [node.address, node.publicAddress].filter((part) => part !== undefined).join(" · "), more: `${node.resourceId} ${node.role} ${role(node.role)}` })),
    ...topology.boxes.map((box) => ({ id: box.id, name: box.name, detail: box.cidr ?? "", more: box.resourceId ?? "" })),
  ];
  const rank = (entry: { name: string; detail: string; more: string }): number => {
    const name = entry.name.toLowerCase();
    return name === words ? 0 : name.startsWith(words) ? 1 : name.includes(words) ? 2 : entry.detail.includes(words) ? 3 : entry.more.toLowerCase().includes(words) ? 4 : 9;
  };
  return all.filter((entry) => rank(entry) < 9).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)).slice(0, shownResults).map(({ id, name, detail }) => ({ id, name, detail }));
}

/** Finds an element by typing; Enter goes to it. */
export function SearchBox({ topology, onChoose, onClose }: SearchBoxProps) {
  const { t } = useTranslate(canvasTexts);
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const results = useMemo(() => searchElements(topology, query, (role) => roleName(t, role)), [topology, query, t]);
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = results[index];
    if (event.key === "ArrowDown") setIndex((index + 1) % Math.max(1, results.length));
    else if (event.key === "ArrowUp") setIndex((index - 1 + results.length) % Math.max(1, results.length));
    else if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && chosen !== undefined) onChoose(chosen.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="topology-search">
      <input
        autoFocus type="search" role="combobox" aria-label={t("search.label")} placeholder={t("search.label")} aria-expanded={results.length > 0} aria-controls="topology-search-results" aria-activedescendant={results.length > 0 ? `topology-result-${index}` : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown} onBlur={onClose}
      />
      {query === "" ? null : (
        <ul id="topology-search-results" role="listbox" aria-label={t("search.results")}>
          {results.map((result, place) => (
            <li key={result.id} id={`topology-result-${place}`} role="option" aria-selected={place === index} onPointerDown={(event) => event.preventDefault()} onClick={() => onChoose(result.id)}>
              <b>{result.name}</b> <span className="mono muted">{result.detail}</span>
            </li>
          ))}
          {results.length === 0 ? <li className="muted" role="option" aria-selected={false} aria-disabled>{t("search.none")}</li> : null}
        </ul>
      )}
    </div>
  );
}
