import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const file = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: "out/main",
      // Dependencies stay packages of their own: native modules cannot be bundled, the others need not be.
      externalizeDeps: true,
      rollupOptions: {
        input: { main: file("electron/main.ts"), engineHost: file("electron/engineHost.ts"), cli: file("playground/cli.ts") },
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: "out/preload",
      // A sandboxed preload can require only electron itself, and is CommonJS: one file, everything in it.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: file("electron/preload.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: file("renderer"),
    base: "./",
    plugins: [react()],
    build: {
      outDir: file("out/renderer"),
      emptyOutDir: true,
      // Fonts and pictures stay files: the content security policy allows no data: fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: file("renderer/index.html") },
    },
  },
});
