// A ledger that was checked and numbered once and is run many times.

/// A checked ledger, ready to be traced by many methods and policies.
///
/// Checking and numbering cost about as much as one run; a table of many runs does them once.
public struct PreparedLedger: Sendable {
  private let numbered: NumberedLedger

  /// - Throws: `TracingError`, the first problem that keeps the ledger from being run.
  /// - Complexity: O(*s*) for *s* steps in the bank's order, else O(*s* log *s*).
  init(_ ledger: Ledger) throws(TracingError) { numbered = try NumberedLedger(ledger) }

  /// As `Ledger.traced(by:under:)`.
  public func traced(
    by method: any TracingMethod, under policy: TracingPolicy = TracingPolicy()
  ) throws(TracingError) -> LedgerOutcome {
    try run(method, policy, recordsPaths: false).outcome
  }

  private func run(
    _ method: any TracingMethod, _ policy: TracingPolicy, recordsPaths: Bool
  ) throws(TracingError) -> TracingEngine {
    var engine = try TracingEngine(
      numbered, method: method, policy: policy, recordsPaths: recordsPaths)
    try engine.run()
    return engine
  }

  /// What a run left behind, counted.
  package struct Counts {
    package let movements: Int
    package let rows: Int
  }

  /// Runs a method for the benchmark, with or without the path.
  package func counts(
    by method: any TracingMethod, under policy: TracingPolicy, recordsPaths: Bool
  ) throws(TracingError) -> Counts {
    let engine = try run(method, policy, recordsPaths: recordsPaths)
    return Counts(movements: engine.provenance.nodes.count, rows: engine.outcome.rows.count)
  }
}

extension Ledger {
  /// Checks and numbers the ledger for many runs.
  /// - Throws: `TracingError`, the first problem.
  public func prepared() throws(TracingError) -> PreparedLedger { try PreparedLedger(self) }
}
