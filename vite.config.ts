import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Only for work on the window alone: `npx vite`, then open /?fake. The product is built by electron-vite. */
export default defineConfig({
  root: resolve(import.meta.dirname, "renderer"),
  plugins: [
    react(),
    // React's hot reload injects an inline script; the policy of the product stays as strict as it is.
    { name: "policy-off-in-development", apply: "serve", transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, "") },
  ],
  server: { host: "127.0.0.1", port: 5199, strictPort: true },
});
