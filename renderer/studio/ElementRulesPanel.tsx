import { Plus, Trash2 } from "lucide-react";
import { addRoute, addRule, changeRoute, changeRule, elementRules, type WrittenRule } from "../../playground/model/elementRules.ts";
import { protocolSchema } from "../../playground/model/network.ts";
import { cidrSchema } from "../../playground/model/networkBasics.ts";
import { Button } from "../components/Button.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { SettledField } from "./SettledField.tsx";

interface ElementRulesPanelProps {
  readonly text: string;
  readonly selected: string;
  readonly onChange: (text: string) => void;
}

/** A variant's value stands for whatever it is. */
const isVariant = (text: string): boolean => /<<[^<>]+>>/.test(text);
const isBlock = (text: string): boolean => isVariant(text) || cidrSchema.safeParse(text).success;
const port = "(?:\\d{1,5}|<<[^<>]+>>)";
const portPattern = new RegExp(`^${port}(?:-${port})?$`);

/** Below the picture: the routes of the subnet that is selected, or what may come in to the instance. */
export function ElementRulesPanel({ text, selected, onChange }: ElementRulesPanelProps) {
  const { t } = useTranslate(authorTexts);
  const found = elementRules(text, selected);
  if (!found || (found.kind === "vpc" && found.table === undefined && found.groups.length === 0)) return null;
  const { kind, table, targets, groups, groupNames } = found;
  return (
    <section className="element-rules scroll" aria-label={t("rules.panel")}>
      {kind === "subnet" && table === undefined ? <p className="muted">{t("rules.noTable")}</p> : null}
      {kind === "node" && groups.length === 0 ? <p className="muted">{t("rules.noGroup")}</p> : null}
      {table === undefined ? null : (
        <>
          <h3>{t("rules.table")} <span className="mono">{table.name}</span></h3>
          {table.routes.map((route, index) => (
            <div key={index} className="rule-row route" data-route={index}>
              <SettledField isBare label={t("rules.destination")} value={route.destination} refuse={(next) => (isBlock(next) ? undefined : t("rules.notBlock"))} onChange={(destination) => onChange(changeRoute(text, table.name, index, { ...route, destination }))} />
              <select aria-label={t("rules.target")} value={route.target} onChange={(event) => onChange(changeRoute(text, table.name, index, { ...route, target: event.target.value }))}>
                {[...new Set([...targets, "blackhole", route.target])].map((target) => <option key={target} value={target}>{target}</option>)}
              </select>
              <Button kind="quiet" size="small" icon={<Trash2 size={14} />} aria-label={t("rules.removeRoute", { destination: route.destination })} onClick={() => onChange(changeRoute(text, table.name, index, undefined))} />
            </div>
          ))}
          <Button size="small" icon={<Plus size={14} />} onClick={() => onChange(addRoute(text, found))}>{t("rules.addRoute")}</Button>
        </>
      )}
      {groups.map((group) => (
        <div key={group.name} className="rule-group">
          <h3>{t("rules.group")} <span className="mono">{group.name}</span></h3>
          {group.rules.length === 0 ? <p className="muted">{t("rules.nothingIn")}</p> : null}
          {group.rules.map((rule, index) => <RuleRow key={index} rule={rule} groupNames={groupNames} onChange={(next) => onChange(changeRule(text, group.name, index, next))} />)}
          <Button size="small" icon={<Plus size={14} />} onClick={() => onChange(addRule(text, group.name, group.rules))}>{t("rules.addRule")}</Button>
        </div>
      ))}
    </section>
  );
}

function RuleRow({ rule, groupNames, onChange }: { rule: WrittenRule; groupNames: readonly string[]; onChange: (rule: WrittenRule | undefined) => void }) {
  const { t } = useTranslate(authorTexts);
  const hasPorts = rule.protocol === "tcp" || rule.protocol === "udp";
  const split = (text: string): string[] => text.split(/[\s,]+/).filter((one) => one !== "");
  const refuseSources = (text: string): string | undefined => (split(text).length > 0 && split(text).every((one) => groupNames.includes(one) || isBlock(one)) ? undefined : t("rules.notSources"));
  return (
    <div className="rule-row" data-rule={rule.protocol}>
      <select aria-label={t("rules.protocol")} value={rule.protocol} onChange={(event) => onChange({ ...rule, protocol: event.target.value, ports: rule.ports || "8080" })}>
        {protocolSchema.options.map((protocol) => <option key={protocol} value={protocol}>{protocol === "all" ? t("rules.all") : protocol}</option>)}
      </select>
      {hasPorts ? <SettledField isBare label={t("rules.ports")} value={rule.ports} refuse={(next) => (portPattern.test(next.trim()) ? undefined : t("rules.notPorts"))} onChange={(ports) => onChange({ ...rule, ports: ports.trim() })} /> : <span className="muted">{t("rules.noPorts")}</span>}
      <SettledField isBare label={t("rules.sources")} value={rule.sources.join(", ")} suggestions={["0.0.0.0/0", ...groupNames]} refuse={refuseSources} onChange={(sources) => onChange({ ...rule, sources: split(sources) })} />
      <Button kind="quiet" size="small" icon={<Trash2 size={14} />} aria-label={t("rules.removeRule", { rule: `${rule.protocol} ${rule.ports}`.trim() })} onClick={() => onChange(undefined)} />
    </div>
  );
}
