import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Two small pools are enough, and leave room for whoever shares the machine.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
