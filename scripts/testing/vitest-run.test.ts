import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rootDirectory } from "../root-directory.ts";
import { tallyOf } from "./vitest-run.ts";

const passing = { fullName: "adds", status: "passed" };
const file = (status: string, ...assertionResults: { fullName: string; status: string }[]) => ({
  name: join(rootDirectory, "lib/sum.test.ts"),
  status,
  assertionResults,
});

describe("a vitest run", () => {
  it("counts tests, and names what failed", () => {
    const report = { testResults: [file("failed", passing, { fullName: "subtracts", status: "failed" })] };
    expect(tallyOf("unit", report, 1)).toEqual({ passed: 1, failures: ["lib/sum.test.ts: subtracts"] });
  });

  it("counts a file that does not load as failed", () => {
    const report = { testResults: [file("failed"), file("passed", passing)] };
    expect(tallyOf("unit", report, 1)).toEqual({
      passed: 1,
      failures: ["lib/sum.test.ts: the file failed outside its tests"],
    });
  });

  it("counts a runner that ends badly after passing tests as failed", () => {
    expect(tallyOf("unit", { testResults: [file("passed", passing)] }, 1).failures).toHaveLength(1);
  });

  it("counts a crash as failed", () => {
    expect(tallyOf("unit", undefined, null)).toEqual({
      passed: 0,
      failures: ["unit tests: vitest ended with exit code null"],
    });
  });

  it("counts no test at all as failed", () => {
    expect(tallyOf("unit", { testResults: [] }, 0)).toEqual({ passed: 0, failures: ["unit tests: none was run"] });
  });
});
