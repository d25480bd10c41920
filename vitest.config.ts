import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: "server-only", replacement: `${root}scripts/testing/empty-module.ts` },
    ],
  },
  test: {
    globalSetup: ["scripts/testing/global-setup.ts"],
    passWithNoTests: false,
    // Tests wait for processes and clocks more than they compute: two files at a time keep two cores busy. Every file has
    // its own database, ports and directories.
    maxWorkers: 2,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,gateway,components,scripts}/**/*.test.{ts,tsx}"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        // What holds for ordinary requests on the wire holds for them on the path through Node's HTTP server as well.
        extends: true,
        test: {
          name: "node-path",
          include: ["gateway/{proxy,conformance,decisions}/**/*.test.ts"],
          env: { FAIRLEAD_TEST_PATH: "node" },
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        // The same as it looks to people: a gateway that serves everything through Node's HTTP server.
        extends: true,
        test: {
          name: "e2e-node-path",
          include: [
            "e2e/{gateway,requests}.*.spec.ts",
            "e2e/publisher.documented-flow.spec.ts",
            "e2e/endpoints.live.spec.ts",
          ],
          env: { FAIRLEAD_TEST_PATH: "node" },
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["e2e/**/*.spec.ts"],
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
