/** Ends a run with the plain line `N passed, N failed`. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      if (module.state() === "failed" && module.errors().length > 0) count.failed += 1;
      for (const { result } of tests(module)) count[result] += 1;
    }
    // After the other reporters' last lines.
    process.once("exit", () => {
      const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
      process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`);
    });
  }
}

function* tests(module) {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    yield { result: state === "pending" ? "skipped" : state };
  }
}
