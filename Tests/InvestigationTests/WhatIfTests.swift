import CaseModel
import Digests
import Investigation
import Legislation
import TestSupport
import Testing

@Suite("What-if: other facts, the same case")
struct WhatIfTests {
  private static let sheet = SmallMatter.source(3, "what-if.yaml")

  private func ask(
    _ kinds: CaseChange.Kind..., of small: SmallMatter? = nil, method: String? = nil
  ) throws -> TracingDifference {
    let investigation = try (small ?? SmallMatter()).investigation(method: method)
    let before = try investigation.tracing().run
    let difference = try investigation.whatIf(
      WhatIf(title: "question", changes: kinds.map { CaseChange($0, source: Self.sheet) }))
    // The case is as it was: the same ledger, the same claims.
    #expect(difference.baseLedger == before.ledgerHash)
    #expect(try investigation.tracing().run == before)
    #expect(difference.rows.allSatisfy { $0.delta == $0.branch - $0.base })
    return difference
  }

  private func table(_ difference: TracingDifference) -> [String] {
    difference.rows.map { row in
      let place =
        switch row.place {
        case .asset(let code): code.text
        case .account: "account"
        default: "\(row.place)"
        }
      return "\(place) \(row.base.decimalText) \(row.branch.decimalText) \(row.delta.decimalText)"
    }
  }

  private func error(_ kind: CaseChange.Kind) throws -> WhatIfError? {
    #expect(throws: WhatIfError.self) { _ = try ask(kind) }
  }

  private func gbp(_ units: Int64) throws -> Money {
    Money(minorUnits: units, currency: try #require(Currency(iso: "GBP")))
  }

  @Test("Without changes nothing differs, whatever the method")
  func nothing() throws {
    for method in ["fifo", "libr", "oatway", "pari_passu", "rolling_pro_rata"] {
      let difference = try ask(method: method)
      #expect(difference.isEmpty && !difference.rows.isEmpty)
      #expect(difference.notes.isEmpty)
    }
  }

  @Test("Of a receipt only so much counts: the rest is clean and keeps its place in the queue")
  func seed() throws {
    let each = try ask(.seed(SourceClassCode("T"), try gbp(30_000), .each), method: "fifo")
    #expect(table(each) == ["BOAT 500.00 300.00 -200.00", "account 500.00 0.00 -500.00"])
    // The part that counts is of the class even where the selector asks for more.
    var large = try SmallMatter()
    large.caseFile.matter.sourceClasses[1].selector.least = DecimalNumber("400.00")
    let part = try ask(
      .seed(SourceClassCode("T"), try gbp(30_000), .each), of: large, method: "fifo")
    #expect(table(part) == table(each))
    let total = try ask(
      .seed(SourceClassCode("T"), try gbp(80_000), .total), method: "rolling_pro_rata")
    #expect(
      table(total) == [
        "BOAT 250.00 200.00 -50.00", "CAR 500.00 400.00 -100.00", "account 250.00 200.00 -50.00",
      ])
    let none = try ask(.seed(SourceClassCode("T"), try gbp(0), .total), method: "libr")
    #expect(none.rows.allSatisfy { $0.branch.isZero })
    #expect(
      try error(.seed(SourceClassCode("T"), try gbp(200_000), .each))?.description
        .contains("no receipt of T exceeds") == true)
    let euro = Money(minorUnits: 1, currency: try #require(Currency(iso: "EUR")))
    guard case .wrongCurrency? = try error(.seed(SourceClassCode("T"), euro, .each)) else {
      return #expect(Bool(false), "a sum in another currency was taken")
    }
  }

  @Test("A class is tainted or not; chosen receipts are of another class")
  func characterise() throws {
    let clean = try ask(.characterise(SourceClassCode("T"), isTainted: false))
    #expect(table(clean) == ["BOAT 500.00 0.00 -500.00", "account 500.00 0.00 -500.00"])
    let all = try ask(.characterise(SourceClassCode("W"), isTainted: true), method: "fifo")
    #expect(
      table(all) == [
        "BOAT 500.00 500.00 0.00", "CAR 0.00 1000.00 1000.00", "account 500.00 500.00 0.00",
      ])
    let moved = try ask(
      .assign(EntrySelector(direction: .credit, textContains: ["salary"]), SourceClassCode("T")),
      method: "fifo")
    #expect(table(moved) == table(all))
    let freed = try ask(
      .assign(EntrySelector(direction: .credit, textContains: ["fee"]), SourceClassCode("W")))
    #expect(table(freed) == table(clean))
    #expect(
      try error(.characterise(SourceClassCode("X"), isTainted: true))?.description
        .contains("it has T, W") == true)
  }

  @Test("Who holds an account decides whether its money is followed")
  func ownership() throws {
    let key = AccountKey("stated:test/A")
    let gone = try ask(.ownership(PersonCode("S-01"), .holds, key, isAdded: false))
    #expect(gone.rows.allSatisfy { $0.branch.isZero } && gone.baseLedger != gone.branchLedger)
    let kept = try ask(
      .ownership(PersonCode("S-01"), .controls, key, isAdded: true),
      .ownership(PersonCode("S-01"), .holds, key, isAdded: false))
    #expect(kept.rows.allSatisfy { $0.delta.isZero })
    guard
      case .noChange? = try error(.ownership(PersonCode("S-01"), .holds, key, isAdded: true))
    else { return #expect(Bool(false), "an account was added twice") }
  }

  @Test("A file left out takes its entries with it; an entry left out breaks its statement")
  func exclusion() throws {
    let file = try ask(.excludeExhibit("PX-001"))
    #expect(file.rows.allSatisfy { $0.branch.isZero })
    #expect(file.notes.contains("Without PX-001 no statement of A is left."))
    let entry = try ask(
      .excludeEntries(EntrySelector(direction: .debit, textContains: ["car"])), method: "fifo")
    #expect(table(entry) == ["BOAT 500.00 0.00 -500.00", "account 500.00 1000.00 500.00"])
    #expect(entry.notes.contains { $0.contains("does not reconcile by 1000.00") })
    #expect(
      try error(.excludeExhibit("PX-999"))?.description.contains("it has PX-001") == true)
    #expect(
      try error(.excludeEntries(EntrySelector(textContains: ["nothing such"])))
        == .nothingSelected(place: "what-if.yaml: line 3"))
  }
}

@Suite(
  "What-if on the example case",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct WhatIfExampleTests {
  private func ask(_ kinds: CaseChange.Kind...) async throws -> TracingDifference {
    let loaded = try await ExampleCase.loaded()
    let investigation = Investigation(
      caseFile: loaded.caseFile, law: try Law(profile: "gb"),
      request: .init(programVersion: "test"))
    let difference = try investigation.whatIf(
      WhatIf(
        title: "question",
        changes: kinds.map { CaseChange($0, source: SmallMatter.source(1, "what-if.yaml")) }))
    #expect(difference.baseLedger == loaded.outcome.tracing.ledgerHash)
    return difference
  }

  @Test("No change gives no difference, and every place of the run has its row")
  func nothing() async throws {
    let loaded = try await ExampleCase.loaded()
    let difference = try await ask()
    #expect(difference.isEmpty)
    let places = Set(loaded.outcome.tracing.claims.filter(\.isTainted).map(\.place))
    #expect(Set(difference.rows.map(\.place)) == places)
  }

  @Test("Each kind of change moves the trace, the total taint by what the change says")
  func kinds() async throws {
    let eur = try #require(Currency(iso: "EUR"))
    let cash = try await ask(.characterise(SourceClassCode("SC-03"), isTainted: false))
    let least = try await ask(
      .seed(SourceClassCode("SC-03"), Money(minorUnits: 500_000, currency: eur), .each))
    func total(_ difference: TracingDifference, _ side: KeyPath<TracingDifference.Row, Money>)
      -> Int64
    {
      difference.rows.filter { $0.base.currency == eur }.map { $0[keyPath: side].minorUnits }
        .reduce(0, +)
    }
    #expect(total(cash, \.branch) < total(least, \.branch))
    #expect(total(least, \.branch) < total(least, \.base))
    let swept = try await ask(
      .seed(
        SourceClassCode("SC-01"),
        Money(minorUnits: 100_000, currency: try #require(Currency(iso: "GBP"))), .total))
    #expect(swept.rows.contains { $0.delta.isNegative } && swept.branchLedger != swept.baseLedger)
    let owned = try await ask(
      .ownership(
        PersonCode("S-02"), .holds, AccountKey("iban:PL57999000120000000000004001"), isAdded: false)
    )
    #expect(owned.rows.contains { !$0.delta.isZero })
    let file = try await ask(.excludeExhibit("a01-2024.csv"))
    #expect(file.branchLedger != file.baseLedger && !file.notes.isEmpty)
    // The case was asked five times and is as it was.
    #expect(try await ask().isEmpty)
  }
}
