/** Offers bytes as a file to save, as a click on a link to it does. `data` is base64. */
export function saveFile({ name, mediaType, data }: { readonly name: string; readonly mediaType: string; readonly data: string }): void {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn, at the latest by the end of a minute.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
