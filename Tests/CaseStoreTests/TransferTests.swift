import CaseModel
import CaseStore
import Testing
import TestSupport
import TrailGraph

@Suite("Transfers, coverage and the trail", .enabled(if: ThrowAwayDatabase.isAvailable))
struct TransferTests {
  @Test(
    "two legs that name each other are one transfer and one edge; a lone entry is an edge of its own"
  )
  func legsArePaired() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input(
        "a.csv",
        [
          statement(
            accountA,
            [
              entry("2024-01-02", -500, to: accountB, line: 2),
              entry("2024-01-05", -70, to: accountC, line: 3),
              entry("2024-01-06", 90, name: "cash", line: 4),
            ])
        ]))
    try await store.importFile(
      input("b.csv", [statement(accountB, [entry("2024-01-04", 500, line: 2)])]))
    let report = try await store.pairTransfers()
    #expect((report.added, report.withdrawn, report.proposals) == (1, 0, 0))
    #expect(try await store.pairTransfers().added == 0)
    let transfers = try await store.transfers()
    #expect(
      transfers.map(\.reasons) == [
        [
          "same amount and currency, opposite sign",
          "the debit names the account of the credit", "booked 2 days apart",
        ]
      ])
    let accounts = try await store.accounts()
    func number(_ iban: String) -> Int64 {
      accounts.first { $0.key == AccountKey("iban:" + iban) }?.id.value ?? 0
    }
    let trail = try await store.loadTrail().trail
    func holder(_ account: Int32) -> Int64 { trail.names.accountID(of: account)?.value ?? -1 }
    // By source, so by amount for the reader: accounts are numbered by the hash of their keys.
    let byAmount = (0..<trail.edgeCount).sorted { trail.amountMinor[$0] < trail.amountMinor[$1] }
    #expect(byAmount.map { trail.amountMinor[$0] } == [70, 90, 500])
    #expect(
      byAmount.map { holder(trail.source[$0]) } == [number(accountA), -1, number(accountA)])
    #expect(
      byAmount.map { holder(trail.destination[$0]) }
        == [number(accountC), number(accountA), number(accountB)])
    #expect(trail.time.min() == Int64(day("2024-01-02").dayNumber) * 86_400)
    #expect(trail.entries(byAmount[2]) == [transfers[0].debit, transfers[0].credit])
    #expect(byAmount.map { trail.entries($0).count } == [1, 1, 2])
    #expect((0..<trail.edgeCount).allSatisfy { trail.money($0).currency.code == "EUR" })
    #expect(byAmount.map { trail.isShownByReceiver($0) } == [false, true, false])
  }

  @Test(
    "an ambiguous pair is a proposal, and one that becomes ambiguous is withdrawn, in any order")
  func ambiguityIsNotGuessed() async throws {
    let files = [
      input("a.csv", [statement(accountA, [entry("2024-01-02", -500, to: accountB, line: 2)])]),
      input("b.csv", [statement(accountB, [entry("2024-01-02", 500, line: 2)])]),
      input("b2.csv", [statement(accountB, [entry("2024-01-03", 500, purpose: "x", line: 2)])]),
    ]
    for order in [[0, 1, 2], [2, 1, 0]] {
      let store = try await ThrowAwayDatabase.make().store()
      for index in order {
        try await store.importFile(files[index])
        try await store.pairTransfers()
      }
      #expect(try await store.transfers().isEmpty)
      #expect(try await store.transferProposals().count == 2)
    }
  }

  @Test("legs that name a third account, or lie four days apart, are no transfer")
  func strangersAreNotPaired() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input(
        "a.csv",
        [
          statement(
            accountA,
            [
              entry("2024-01-02", -500, to: accountB, line: 2),
              entry("2024-02-02", -600, to: accountB, line: 3),
            ])
        ]))
    try await store.importFile(
      input(
        "b.csv",
        [
          statement(
            accountB,
            [
              entry("2024-01-02", 500, to: accountC, line: 2),
              entry("2024-02-06", 600, to: accountA, line: 3),
            ])
        ]))
    #expect(try await store.pairTransfers().added == 0)
  }

  @Test("a missing month shows as a gap with its days and the jump; statements that join do not")
  func gapsAreSeen() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let march = statement(
      accountA, [entry("2024-03-05", 10, line: 2)], opening: 700, closing: 710, from: "2024-03-01",
      through: "2024-03-31")
    let january = statement(
      accountA, [entry("2024-01-05", 100, line: 2)], opening: 0, closing: 100, from: "2024-01-01",
      through: "2024-01-31")
    let april = statement(
      accountA, [entry("2024-04-05", 1, line: 2)], opening: 710, closing: 711, from: "2024-04-02",
      through: "2024-04-30")
    for (name, made) in [("m", march), ("j", january), ("a", april)] {
      try await store.importFile(input(name, [made]))
    }
    let gaps = try await store.gaps()
    #expect(gaps.map(\.jump) == [money(600)])
    #expect(
      gaps.map(\.missing) == [Period(first: day("2024-02-01"), last: day("2024-02-29"))])
    #expect(gaps.first?.sources.map(\.label) == ["j", "m"])
  }

  @Test("figures and findings are explained down to line and hash; unknown sources are refused")
  func figuresAreExplained() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.importFile(
      input("a.csv", [statement(accountA, [entry("2024-01-02", 500, line: 2)])], exhibit: "PX-1"))
    let entry = try await store.entries()[0]
    let figure = Figure(entry.amount, label: "traced", derivation: "as read", from: entry.source)
    let printed = PrintedFigure(
      code: FigureCode("F-0123456789ab"), document: "schedule", figure: figure)
    try await store.saveFigures([printed], matter: nil)
    try await store.saveFigures([printed], matter: nil)
    let explained = try await store.explain("F-0123456789ab")
    #expect(explained.amount == entry.amount)
    #expect(explained.places.map(\.text) == ["line 2 of a.csv"])
    #expect(explained.places.map(\.source.label) == ["PX-1"])
    #expect(!explained.places.map(\.hashHolds).contains(false))
    let finding = Finding(
      detector: "ST-01", version: 1, kind: "structuring", title: "Structuring", sentence: "One.",
      parameters: [], measures: [], strength: .clear, entries: [entry.id], accounts: [],
      innocentExplanations: ["a"], cautionsChecked: [], cautionsNotChecked: [], truncation: nil)
    let codes = try await store.saveFindings([finding], matter: nil)
    #expect(try await store.saveFindings([finding], matter: nil) == codes)
    #expect(codes[0].text.hasPrefix("ST-01-"))
    #expect(try await store.explain(codes[0].text).places.count == 1)
    await #expect(throws: StoreError.unknownCode("F-none")) { try await store.explain("F-none") }
    guard let nowhere = ContentHash(hex: String(repeating: "0", count: 64)) else { return }
    let bad = Figure(
      entry.amount, label: "x", derivation: "y",
      from: SourceRef(file: nowhere, label: "x", locator: .line(1)))
    await #expect(throws: StoreError.self) {
      try await store.saveFigures(
        [PrintedFigure(code: FigureCode("F-1"), document: "d", figure: bad)], matter: nil)
    }
  }
}
