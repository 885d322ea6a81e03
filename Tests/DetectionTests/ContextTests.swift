import CaseModel
import Detection
import Foundation
import Legislation
import TestSupport
import Testing
import TrailGraph

/// Missing data is named, and what a case knows beside its trail is used.
@Suite("What is known and what is not")
struct ContextTests {
  private let cycle = """
    2024-05-02  a -> b  1000.00 EUR
    2024-05-04  b -> c   990.00 EUR
    2024-05-10  c -> a   980.00 EUR
    """

  private var hash: ContentHash {
    guard let hash = ContentHash(hex: String(repeating: "0", count: 64)) else {
      preconditionFailure("64 zeros are a hash")
    }
    return hash
  }
  private var source: SourceRef { SourceRef(file: hash, label: "r.csv", locator: .line(1)) }

  private func account(_ id: Int64, _ holder: String) -> Account {
    Account(
      id: AccountID(id), key: AccountKey("k\(id)"), currency: euro, displayName: "A-0\(id)",
      holder: PersonCode(holder), hasStatements: true)
  }

  private func context(
    gaps: [CoverageGap] = [], rates: [DatedRate] = []
  ) -> CaseContext {
    CaseContext(
      accounts: [account(0, "S-01"), account(1, "S-01"), account(2, "S-02")], gaps: gaps,
      coverage: [:], rates: rates, reportingCurrency: euro)
  }

  @Test("a missing statement inside the days is named, one outside is not")
  func gaps() throws {
    func gap(_ first: String, _ last: String) throws -> CoverageGap {
      let period = Period(
        first: try #require(CivilDate(first)), last: try #require(CivilDate(last)))
      return CoverageGap(
        account: AccountID(1), before: StatementID(1), after: StatementID(2), missing: period,
        jump: nil, sources: [])
    }
    let trail = try Trail(notation: cycle)
    func checked(_ gaps: [CoverageGap]) -> [String] {
      TemporalCycle().findings(in: Scene(trail, under: testLaw, context: context(gaps: gaps)))
        .findings
        .flatMap(\.cautionsChecked)
    }
    #expect(
      checked([try gap("2024-05-03", "2024-05-03")]).contains(
        "statements of A-01 are missing from 2024-05-03 to 2024-05-03"))
    #expect(
      checked([try gap("2024-07-01", "2024-07-31")]).contains("no statement gap lies in these days")
    )
  }

  @Test("hops between accounts of one holder are counted")
  func ownAccounts() throws {
    let found = TemporalCycle().findings(
      in: Scene(try Trail(notation: cycle), under: testLaw, context: context()))
    #expect(
      found.findings.first?.cautionsChecked.contains(
        "1 of 3 hops lie between accounts of one holder") == true)
  }

  @Test("amounts of two currencies are compared with the case's rate, and not without one")
  func rates() throws {
    let trail = try Trail(
      notation: """
        2024-05-02  a -> b  1000.00 EUR
        2024-05-04  b -> c   840.00 GBP
        2024-05-10  c -> a   980.00 EUR
        """)
    let without = TemporalCycle().findings(in: Scene(trail, under: testLaw, context: context()))
    #expect(without.findings.isEmpty)
    let pound = Currency(asset: "GBP", exponent: 2)
    let rate = ExchangeRate(
      base: euro, quote: pound, value: DecimalNumber(digits: 85, scale: 2), kind: .official,
      source: "test rate")
    let dated = DatedRate(
      date: try #require(CivilDate("2024-05-01")), rate: rate, source: source)
    let with = TemporalCycle().findings(
      in: Scene(trail, under: testLaw, context: context(rates: [dated])))
    #expect(with.findings.count == 1)
    let later = DatedRate(
      date: try #require(CivilDate("2024-05-05")), rate: rate, source: source)
    #expect(
      TemporalCycle().findings(in: Scene(trail, under: testLaw, context: context(rates: [later])))
        .findings
        .isEmpty, "a rate of a later day is no rate of this day")
  }

  @Test("a detector that lacks its data says which, instead of finding nothing")
  func notApplicable() throws {
    let trail = try Trail(notation: cycle)
    func reason(_ detector: any Detector, _ trail: Trail, _ law: Law = testLaw) -> String? {
      detector.findings(in: Scene(trail, under: law)).notApplicable
    }
    #expect(reason(Structuring(), trail) == "no cash deposit is recorded as such")
    #expect(reason(WageSweep(), trail) == "no entry is recorded as payroll")
    #expect(reason(FanIn(), trail) == nil)
    let cash = try Trail(notation: "2024-05-02 cash -> a 9000.00 GBP cash_deposit")
    #expect(
      reason(Structuring(), cash) == "profile test states no cash reporting threshold for GBP")
    #expect(reason(FanIn(), cash) == "no record names who paid")
    #expect(
      reason(PassThrough(), cash) == "no account has records of both receipts and payments")
  }

  @Test("a search that stops at its bound says so in the result")
  func truncation() throws {
    var detector = TemporalCycle()
    detector.visitLimit = 1
    let result = detector.findings(in: Scene(try Trail(notation: cycle), under: testLaw))
    #expect(result.truncation?.hasPrefix("cycle search stopped at 1 edges") == true)
  }

  @Test("findings do not depend on anything but the trail: twice the same, order total")
  func twice() throws {
    let trail = try Trail(notation: cycle)
    #expect(
      detect(in: trail, under: testLaw, context: context())
        == detect(in: trail, under: testLaw, context: context()))
  }
}
