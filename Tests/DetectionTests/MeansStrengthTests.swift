import CaseModel
import Detection
import TestSupport
import Testing

/// As `FactStrengthTests`: capacity, trade, assets, identifiers, means.
@Suite("Strength of patterns that rest on stated means and trade")
struct MeansStrengthTests {
  typealias Ladder = FactStrengthTests.Ladder
  static let percents = StrengthTests.ladder

  // MARK: ST-18

  private let bar = """
    circumstances:
      capacities:
        - {accounts: ["stated:t/bar"], from: 2024-03-04, until: 2024-03-10, unit: seats, units: 10, rate: 10.00 EUR, hours: [{weekday: 5, opens: "20:00", closes: "01:00"}], peer-cash-share: 2000, peers: 30}
    """

  @Test("capacity: cash against twice what the seats can take in", arguments: percents)
  func cash(percent: Int, expected: Finding.Strength?) throws {
    // 10 seats × 10.00 × 5 hours = 500.00, so the limit is 1 000.00; a quarter of all receipts is cash.
    let trail = [
      "2024-03-05 cash -> bar \(text(1_000 * percent)) EUR cash_deposit",
      "2024-03-05 acquirer -> bar 9000.00 EUR",
    ]
    #expect(try strength(CapacityExcess(), trail, bar) == expected)
  }

  @Test("capacity: the cash share against three times that of peers", arguments: percents)
  func share(percent: Int, expected: Finding.Strength?) throws {
    // Below the capacity in every case. The limit is 60 %, of which no share can be two and a half times.
    let sheet = percent == 250 ? bar.replacingOccurrences(of: "2000", with: "1000") : bar
    let cash = percent == 250 ? 75 * 900 : 60 * 9 * percent
    let trail = [
      "2024-03-05 cash -> bar \(text(cash)) EUR cash_deposit",
      "2024-03-05 acquirer -> bar \(text(90_000 - cash)) EUR",
    ]
    #expect(try strength(CapacityExcess(), trail, sheet) == expected)
  }

  @Test(
    "capacity: card takings outside the opening hours",
    arguments: [("19:00", nil), ("18:59", .strong), ("02:00", nil), ("02:01", .strong)]
      as [(String, Finding.Strength?)])
  func hours(time: String, expected: Finding.Strength?) throws {
    // Friday evening to one o'clock on Saturday, an hour granted.
    let date = time < "12:00" ? "2024-03-09" : "2024-03-08"
    let trail = (0..<12).map { "\(date)T\(time) guest\($0) -> bar 10.00 EUR card_present" }
    #expect(try strength(CapacityExcess(), trail, bar) == expected)
  }

  // MARK: ST-19

  private func bill(_ amount: Int, paid: Int) -> ([String], String) {
    let prices = (0..<20).map { _ in
      "    - {goods: G, route: A-B, day: 2024-01-15, unit-price: 10.00 EUR}"
    }
    let sheet =
      [
        "circumstances:", "  invoices:",
        "    - {code: I-1, day: 2024-03-01, goods: G, route: A-B, quantity: 10, amount: \(text(amount)) EUR, "
          + "payments: [{account: \"stated:t/buyer\", day: 2024-03-02, amount: \(text(paid)) EUR}]}",
        "  prices:",
      ] + prices
    return (
      ["2024-03-02 buyer -> seller \(text(paid)) EUR", "2024-05-31 buyer -> landlord 1.00 EUR"],
      sheet.joined(separator: "\n")
    )
  }

  @Test(
    "trade price: the bill against twice, and half, the median",
    arguments: [
      (19_800, nil), (20_000, nil), (20_200, .atThreshold), (26_000, .clear), (50_000, .strong),
      (5_000, nil), (4_950, .atThreshold), (3_800, .clear), (2_000, .strong),
    ] as Ladder)
  func price(billed: Int, expected: Finding.Strength?) throws {
    let (trail, sheet) = bill(billed, paid: billed)
    #expect(try strength(TradePriceGap(), trail, sheet) == expected)
  }

  @Test("trade price: what is paid above the bill, and below it", arguments: percents)
  func payment(percent: Int, expected: Finding.Strength?) throws {
    let (above, sheet) = bill(10_000, paid: 10_000 + 25 * percent)
    #expect(try strength(TradePriceGap(), above, sheet) == expected)
    let (below, sheet2) = bill(10_000, paid: 10_000 - 25 * percent)
    #expect(try strength(TradePriceGap(), below, sheet2) == expected)
    let early = [below[0], below[1].replacingOccurrences(of: "05-31", with: "05-30")]
    #expect(try strength(TradePriceGap(), early, sheet2) == nil, "an instalment may come")
  }

  // MARK: ST-20

  @Test(
    "phantom shipment by its invoices",
    arguments: [(1, nil), (2, .atThreshold), (3, .clear), (5, .strong)] as Ladder)
  func phantom(count: Int, expected: Finding.Strength?) throws {
    let rows = (0..<count).map {
      "    - {code: I-\($0), day: 2024-03-01, goods: G, route: A-B, quantity: 1, amount: 9.00 EUR, "
        + "payments: [{account: \"stated:t/buyer\", day: 2024-03-01, amount: 9.00 EUR}]}"
    }
    // Searched for exactly the days that matter: 60 before and 60 after.
    let sheet =
      "circumstances:\n  searches: [{register: \"customs\", from: 2024-01-01, until: 2024-04-30}]\n"
      + "  invoices:\n" + rows.joined(separator: "\n")
    let trail = (0..<count).map { _ in "2024-03-01 buyer -> seller 9.00 EUR" }
    #expect(try strength(PhantomShipment(), trail, sheet) == expected)
  }

  // MARK: ST-21

  private func car(_ paid: Int) -> ([String], String) {
    let sheet =
      "property: [{code: A-01, kind: vehicle, description: \"A car\", location-state: NL, "
      + "location: \"Port\", price: 40000.00 EUR}]\ncircumstances:\n  purchases: [{property: A-01, "
      + "payments: [{account: \"stated:t/a\", day: 2024-03-20, amount: \(text(paid)) EUR}]}]"
    let deposits = (0..<4).map { "2024-03-0\(1 + $0 / 2) d\($0) -> a 9000.00 EUR cash_deposit" }
    return (deposits + ["2024-03-20 a -> dealer \(text(paid)) EUR"], sheet)
  }

  @Test("asset conversion by the share of the price", arguments: percents)
  func asset(percent: Int, expected: Finding.Strength?) throws {
    var detector = AssetConversion()
    detector.findingsMin = 0  // so that the share binds
    let (trail, sheet) = car(10_000 * percent)
    #expect(try strength(detector, trail, sheet) == expected)
  }

  @Test("asset conversion: one other pattern is none, two are one; the 91st day is none")
  func assetFindings() throws {
    let (trail, sheet) = car(1_000_000)
    #expect(try strength(AssetConversion(), trail, sheet) == .atThreshold)
    let one = trail.enumerated().filter { $0.offset != 3 }.map(\.element)
    #expect(try strength(AssetConversion(), one, sheet) == nil)
    let late = trail.map { $0.replacingOccurrences(of: "2024-03-0", with: "2023-12-2") }
    #expect(try strength(AssetConversion(), late, sheet) == .atThreshold)
    let later = trail.map { $0.replacingOccurrences(of: "2024-03-0", with: "2023-12-1") }
    #expect(try strength(AssetConversion(), later, sheet) == nil)
  }

  // MARK: ST-24

  @Test(
    "shared controller by accounts, identifiers and flow",
    arguments: [
      (2, 5, 60, nil), (8, 1, 60, nil), (8, 5, 59, nil), (3, 5, 60, .atThreshold),
      (8, 2, 60, .atThreshold), (4, 3, 60, .clear), (8, 5, 60, .strong),
    ] as [(Int, Int, Int, Finding.Strength?)])
  func controller(accounts: Int, shared: Int, flow: Int, expected: Finding.Strength?) throws {
    let rows = (0..<accounts).flatMap { account in
      (0..<shared).map {
        "    - {account: \"stated:t/w\(account)\", kind: device, token: D-\($0)}"
      }
    }
    let sheet = "circumstances:\n  identifiers:\n" + rows.joined(separator: "\n")
    let trail = (0..<accounts).flatMap {
      [
        "2024-03-01 w\($0) -> man \(flow).00 EUR",
        "2024-03-02 w\($0) -> shop\($0) \(100 - flow).00 EUR",
      ]
    }
    #expect(try strength(SharedController(), trail, sheet) == expected)
  }

  @Test("shared controller: a landlord apart is none, one who shares their telephone is")
  func landlord() throws {
    func sheet(_ accounts: [String]) -> String {
      let rows = accounts.flatMap { account in
        ["D-1", "D-2"].map {
          "    - {account: \"stated:t/\(account)\", kind: device, token: \($0)}"
        }
      }
      return
        "circumstances:\n  bodies: [{code: B-01, roles: [landlord], accounts: [\"stated:t/man\"]}]\n"
        + "  identifiers:\n" + rows.joined(separator: "\n")
    }
    let trail = (0..<3).map { "2024-03-01 w\($0) -> man 400.00 EUR" }
    #expect(try strength(SharedController(), trail, sheet(["w0", "w1", "w2"])) == nil)
    #expect(
      try strength(SharedController(), trail, sheet(["w0", "w1", "w2", "man"])) == .atThreshold)
  }

  // MARK: ST-25

  private func year(_ means: Int, _ gap: Int) -> ([String], String) {
    let sheet =
      "persons: [{code: S-01, kind: natural, roles: [{role: suspect}], holds: [\"stated:t/s\"]}]\n"
      + "circumstances: {incomes: [{party: S-01, year: 2024, kind: income, amount: \(text(means)) EUR}]}"
    return (["2024-03-01 s -> shop \(text(means + gap)) EUR"], sheet)
  }

  @Test("net worth gap against half the means, and against twice R", arguments: percents)
  func netWorth(percent: Int, expected: Finding.Strength?) throws {
    let (half, sheet) = year(10_000_000, 50_000 * percent)
    #expect(try strength(NetWorthGap(), half, sheet) == expected)
    let (threshold, sheet2) = year(0, 20_000 * percent)
    #expect(try strength(NetWorthGap(), threshold, sheet2) == expected)
  }

  // MARK: ST-28

  @Test("reinvestment by the share spent on inputs", arguments: percents)
  func reinvestment(percent: Int, expected: Finding.Strength?) throws {
    let sheet = """
      circumstances:
        receipts: [{account: "stated:t/house", day: 2024-03-01, amount: 1000.00 EUR, trade: ads}]
        bodies: [{code: B-01, roles: [trade-input], accounts: ["stated:t/site"], trades: [ads]}]
      """
    func trail(_ day: String) -> [String] {
      ["2024-03-01 p -> house 1000.00 EUR", "\(day) house -> site \(text(100 * percent)) EUR"]
    }
    #expect(try strength(ReinvestmentLoop(), trail("2024-05-30"), sheet) == expected)
    #expect(try strength(ReinvestmentLoop(), trail("2024-05-31"), sheet) == nil)
  }
}
