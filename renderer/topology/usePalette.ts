import { useEffect, useState } from "react";
import { colorNames, type ColorName, type Palette } from "../../playground/picture/scene.ts";

/** Reads the theme's colours from the style sheet, because a canvas knows no CSS variables. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(colorNames.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || "#888888"])) as Record<ColorName, string>;
}

/** The palette of the theme in force; changes with it. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(() => readPalette(document.documentElement));
  useEffect(() => {
    const read = () => setPalette(readPalette(document.documentElement));
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-projector", "class", "style"] });
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", read);
    read();
    return () => {
      observer.disconnect();
      system.removeEventListener("change", read);
    };
  }, []);
  return palette;
}
