import { useCallback, useEffect, useRef, useState } from "react";
import { keptQuestions, type DnsQuestion, type DnsServer } from "../../playground/model/dnsView.ts";
import { useClient } from "../state/stores.tsx";

const pauseMilliseconds = 1000;

export interface DnsQuestionsData {
  /** The newest first; undefined until the logs were read once. */
  readonly questions: readonly DnsQuestion[] | undefined;
  readonly servers: readonly DnsServer[];
  /** A command that asks for something that the lab has. */
  readonly example: string;
  readonly hasFailed: boolean;
  clear(): void;
}

/** Merges what is new or changed into a list, the newest first, at most as many as are kept. */
export function mergeQuestions(before: readonly DnsQuestion[], changed: readonly DnsQuestion[]): readonly DnsQuestion[] {
  if (changed.length === 0) return before;
  const all = new Map([...before].reverse().map((question) => [question.id, question]));
  for (const question of changed) all.set(question.id, question);
  // Of two with the same time, the later one in the answer is the newer.
  const place = new Map([...all.keys()].map((id, index) => [id, index]));
  return [...all.values()].sort((a, b) => b.at.localeCompare(a.at) || (place.get(b.id) ?? 0) - (place.get(a.id) ?? 0)).slice(0, keptQuestions);
}

/** The questions of a lab that runs, read again every second while somebody sees them and the list is not paused. */
export function useDnsQuestions(lab: string, isOn: boolean): DnsQuestionsData {
  const client = useClient();
  const place = useRef({ epoch: "", sequence: 0 });
  const [questions, setQuestions] = useState<readonly DnsQuestion[]>();
  const [servers, setServers] = useState<readonly DnsServer[]>([]);
  const [example, setExample] = useState("");
  const [hasFailed, setFailed] = useState(false);
  const [clearedAt, setClearedAt] = useState("");
  useEffect(() => {
    if (!isOn) return undefined;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        const { epoch, sequence } = place.current;
        const answer = await client.call("dns.questions", { lab, epoch, sequence }).catch(() => undefined);
        if (!isCurrent) return;
        setFailed(answer === undefined);
        if (answer !== undefined) {
          const isNew = answer.epoch !== epoch;
          place.current = { epoch: answer.epoch, sequence: answer.sequence };
          setQuestions((known) => mergeQuestions(isNew || known === undefined ? [] : known, answer.questions));
          setExample(answer.example);
          setServers((known) => (JSON.stringify(known) === JSON.stringify(answer.servers) ? known : answer.servers));
        }
      }
      timer = setTimeout(() => void look(), pauseMilliseconds);
    };
    const onVisible = () => document.visibilityState === "visible" && void look();
    void look();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [client, lab, isOn]);
  const clear = useCallback(() => setClearedAt(new Date().toISOString()), []);
  return { questions: questions?.filter((question) => question.at > clearedAt), servers, example, hasFailed, clear };
}
