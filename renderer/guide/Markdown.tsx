import { Eye, Lightbulb, TerminalSquare, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import type { Localized } from "../../playground/model/lab.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { cleanHtml } from "./cleanHtml.ts";
import { CommandBlock } from "./CommandBlock.tsx";
import { TopologyFigure } from "./TopologyFigure.tsx";
import { parseGuide, type GuideBlock } from "./parseGuide.ts";

const calloutIcons = { idea: Lightbulb, try: TerminalSquare, look: Eye, careful: TriangleAlert } as const;

/**
 * A guide's Markdown with our callouts, commands and figures. The text is taken as it was written: typography is for its prose, and
 * a space that does not break would spoil a command.
 */
export function Markdown({ lab, text }: { lab: string; text: Localized }) {
  const { language } = useTranslate();
  const written = text[language];
  const blocks = useMemo(() => parseGuide(written), [written]);
  return (
    <div className="markdown">
      <Blocks lab={lab} blocks={blocks} />
    </div>
  );
}

function Blocks({ lab, blocks }: { lab: string; blocks: readonly GuideBlock[] }) {
  const { t } = useTranslate();
  return blocks.map((block, index) => {
    if (block.kind === "html") return <Html key={index} html={block.html} />;
    if (block.kind === "figure") return <TopologyFigure key={index} lab={lab} figure={block.figure} />;
    if (block.kind === "code") return <CommandBlock key={index} lab={lab} node={block.node} code={block.code} />;
    const Icon = calloutIcons[block.callout];
    return (
      <aside key={index} className={`callout ${block.callout}`} aria-label={t(`callout.${block.callout}`)}>
        <div className="callout-title">
          <Icon size={15} aria-hidden />
          {t(`callout.${block.callout}`)}
        </div>
        <Blocks lab={lab} blocks={block.blocks} />
      </aside>
    );
  });
}

function Html({ html }: { html: string }) {
  const clean = useMemo(() => cleanHtml(html), [html]);
  return <div className="prose" dangerouslySetInnerHTML={{ __html: clean }} />;
}
