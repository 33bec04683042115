import type { ExportFormat } from "./TopologyToolbar.tsx";

/**
 * Draws an SVG document as PNG at twice its size.
 * @throws Error when the browser cannot draw a picture of that size
 */
export async function svgToPng(svg: string, width: number, height: number): Promise<Blob> {
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/png"));
}

/** Name of the exported file of a lab. */
export function exportName(lab: string, format: ExportFormat): string {
  return `${lab}.${format === "mermaid" ? "mmd" : format}`;
}
