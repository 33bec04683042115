import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/**
 * Which folder of `playground/` may import which other: the arrows of ARCHITECTURE.md. What is not listed is refused.
 * A folder may always import from itself.
 */
const layers = {
  model: [],
  contract: ["model"],
  // How a cloud is drawn, as data: the window paints it, figures and reports write it as SVG.
  picture: ["model"],
  // What a student did in a lab, and the report that they hand in: pure.
  reports: ["picture", "contract", "model"],
  // What a check recorded is judged by what its kind knows of outputs.
  grading: ["reports", "checks", "contract", "model"],
  engine: ["model"],
  fabric: ["engine", "model"],
  images: ["engine", "model", "contract"],
  cluster: ["fabric", "engine", "model"],
  // A check acts on the running lab through the port `services/labRuntime.ts` alone; see portOfChecks.
  checks: ["engine", "model", "contract"],
  diagnostics: ["images", "engine", "model", "contract"],
  services: ["grading", "reports", "picture", "cluster", "checks", "diagnostics", "images", "fabric", "engine", "model", "contract"],
  rpc: ["contract", "model"],
  setup: ["diagnostics", "images", "engine", "model", "contract"],
  cli: ["setup", "rpc", "services", "grading", "reports", "diagnostics", "images", "fabric", "engine", "contract", "model"],
};
const portOfChecks = "services/labRuntime\\.ts$";

/** Packages that one place alone may import, so that they can be replaced there. */
const packageOwners = {
  dockerode: ["engine"],
  ws: ["rpc", "cli"],
  "node-pty": ["services"],
  commander: ["cli"],
};

/** Options of `no-restricted-imports` for one layer of the playground. */
function restrictionsOf(layer) {
  const allowed = [layer, ...layers[layer]];
  const forbidden = Object.keys(layers).filter((other) => !allowed.includes(other));
  const exception = layer === "checks" ? `(?!${portOfChecks})` : "";
  const patterns = [
    { regex: `^(\\.\\./)+${exception}(${forbidden.join("|")})/`, message: `The layer ${layer} may import only: ${allowed.join(", ")}.` },
    { regex: "^(\\.\\./)+(electron|renderer|e2e|bench)/", message: "The playground knows nothing of its windows." },
    { regex: "^electron(/|$)", message: "Only electron/ imports electron." },
  ];
  if (layer !== "cli") patterns.push({ regex: "^(\\.\\./)+(host|cli)\\.ts$", message: "Only entry points import the composition root." });
  for (const [name, owners] of Object.entries(packageOwners)) {
    if (!owners.includes(layer)) patterns.push({ regex: `^${name}(/|$)`, message: `Only ${owners.join(", ")} imports ${name}.` });
  }
  if (["model", "contract", "picture"].includes(layer)) patterns.push({ regex: "^node:", message: `${layer} is pure: no Node API, so that the window can use it.` });
  return { patterns };
}

const layerConfigs = Object.keys(layers).map((layer) => ({
  files: [`playground/${layer}/**/*.ts`],
  ignores: ["**/*.test.ts"],
  rules: { "no-restricted-imports": ["error", restrictionsOf(layer)] },
}));

export default tseslint.config(
  { ignores: ["node_modules/", "out/", "dist/", "coverage/", "test-results/", "playwright-report/", "**/*.d.ts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["**/*.ts", "**/*.tsx", "**/*.js", "**/*.mjs"],
    rules: {
      eqeqeq: "error",
      "no-console": "off",
      "no-var": "error",
      "prefer-const": "error",
      "max-lines": ["error", { max: 260, skipBlankLines: true, skipComments: true }],
      // A default export has no name of its own, and a file that only re-exports hides who depends on what.
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name." },
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
      ],
    },
  },
  { files: ["*.config.ts", "*.config.js"], rules: { "no-restricted-syntax": "off" } },
  // Tables of texts and test cases are long without being complicated.
  { files: ["**/*.test.ts", "**/*.test.tsx", "renderer/i18n/**"], rules: { "max-lines": ["error", { max: 600, skipBlankLines: true, skipComments: true }] } },
  ...layerConfigs,
  {
    files: ["renderer/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "playground/(?!contract/|model/|picture/)", message: "The window knows the contract, the model and the picture, nothing else of the engine." },
            { regex: "^(node:|electron(/|$)|dockerode|ws$|node-pty)", message: "The window runs in a browser." },
          ],
        },
      ],
    },
  },
  {
    files: ["electron/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "playground/(model|picture|reports|grading|engine|fabric|images|cluster|checks|diagnostics|services|setup)/", message: "The shell forwards frames; it knows nothing of labs." }] },
      ],
    },
  },
);
