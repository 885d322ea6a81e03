import CaseModel
import CaseStore
import Digests
import Identity
import Investigation
import TestSupport
import Testing

@Suite("Names at accounts are party records", .enabled(if: ThrowAwayDatabase.isAvailable))
struct PartyWorkTests {
  private static let euro = Currency(asset: "EUR", exponent: 2)
  private static let (own, other) = ("DE02100100100000000001", "DE02100100100000000002")

  private func file(
    _ name: String, account: String, owner: String?, pays: [(name: String?, account: String?)]
  ) -> ImportInput {
    let bytes = Array((name + "\n" + String(repeating: "a line\n", count: 20)).utf8)
    let entries = pays.enumerated().map { index, party in
      StatementEntry(
        locator: .line(index + 2), amount: Money(minorUnits: -500, currency: Self.euro),
        bookedOn: CivilDate("2024-01-02"), kind: .booked,
        counterparty: Counterparty(
          name: party.name, accountText: party.account,
          accountKey: party.account.map { AccountKey("iban:" + $0) }),
        transactionKey: ContentHash(of: "\(account) \(index)").hex)
    }
    return ImportInput(
      file: ReceivedFile(
        sha256: ContentHash(of: bytes), name: name, byteCount: Int64(bytes.count),
        format: "delimited", parser: "delimited 1"),
      bytes: bytes, program: "test 1",
      statements: [
        Statement(
          accountText: account, accountKey: AccountKey("iban:" + account), currency: Self.euro,
          ownerName: owner,
          entries: entries, locator: .line(1))
      ], recordsRead: entries.count)
  }

  private var files: [ImportInput] {
    [
      file(
        "own.csv", account: Self.own, owner: "Wilhelmina Quastenflosser",
        pays: [
          ("Example Trading Ltd", Self.other), ("Example Trading Ltd", Self.other),
          ("Corner shop", nil),
        ]),
      file(
        "other.csv", account: Self.other, owner: nil,
        pays: [("QUASTENFLOSSER WILHELMINA", Self.own), (nil, Self.own)]),
    ]
  }

  private func resolved(_ files: [ImportInput]) async throws -> PartyWork.Outcome {
    let store = try await ThrowAwayDatabase.make().store()
    for file in files { try await store.importFile(file) }
    let outcome = try await PartyWork(store).resolve()
    await store.close()
    return outcome
  }

  @Test("holders and other sides are listed once an account and name, with where they stand")
  func listed() async throws {
    let outcome = try await resolved(files)
    let found = outcome.sources.values.map { source in
      source.mention.names.joined() + ": "
        + source.mention.identifiers.map(\.value).joined() + " at "
        + source.places.map { "\($0.label) \($0.locator.text)" }.joined(separator: ", ")
    }.sorted()
    #expect(
      found == [
        "Corner shop:  at own.csv line 4",
        "Example Trading Ltd: \(Self.other) at own.csv line 2",
        "QUASTENFLOSSER WILHELMINA: \(Self.own) at other.csv line 2",
        "Wilhelmina Quastenflosser: \(Self.own) at own.csv line 1",
      ])
    #expect(outcome.readAllNames)
  }

  @Test("two spellings of one name at one account are proposed and never joined by themselves")
  func proposed() async throws {
    let outcome = try await resolved(files)
    #expect(outcome.resolution.automatic.isEmpty)
    let pair = try #require(outcome.resolution.proposals.first)
    #expect(outcome.resolution.proposals.count == 1)
    let names = [pair.first, pair.second].compactMap { outcome.sources[$0]?.mention.names.first }
    #expect(names.sorted() == ["QUASTENFLOSSER WILHELMINA", "Wilhelmina Quastenflosser"])
    #expect(
      pair.score.reasons.contains {
        $0.text == "the same number (account), which does not identify alone"
      })
  }

  @Test("the order of the files changes no record and no proposal")
  func anyOrder() async throws {
    let (one, two) = (try await resolved(files), try await resolved(files.reversed()))
    #expect(one.sources.mapValues(\.mention) == two.sources.mapValues(\.mention))
    #expect(one.sources.mapValues(\.places) == two.sources.mapValues(\.places))
    #expect(one.resolution.proposals.map(\.first) == two.resolution.proposals.map(\.first))
  }
}
