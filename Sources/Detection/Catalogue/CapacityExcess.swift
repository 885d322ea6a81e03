public import CaseModel
import TrailGraph

/// A cash business that takes in more than it can.
///
/// Definition: typologies.md ST-18. Cash in is at least twice the capacity (units × rate × open hours), or at least
/// three times the cash share of peers, or at least 20 % of card takings fall outside the opening hours, one hour
/// on either side granted. One of the three is enough.
///
/// Departures: cash is what the records call a cash deposit, within the days of the capacity sheet; its share is of
/// all receipts of the same accounts. Capacity counts every open minute at full house, rounded up. The peers'
/// share is stated with how many businesses it rests on, and counts from thirty. Card takings count only with a
/// time of day, at least twelve of them. The widest of the tests met tells the strength; a test without its
/// facts is named.
///
/// - Complexity: O(*n* + *d*) in the receipts and days of a sheet.
public struct CapacityExcess: Detector {
  public static let innocentExplanations = [
    "A festival, a season or an event filled the place beyond its usual hours.",
    "The hours or seats on the sheet are out of date.",
    "The business banks the takings of another branch or of months before.",
  ]
  public let id = "ST-18"
  public let version = 1
  public let kind = "commingling_over_capacity"
  public let title = "More cash than the business can take in"

  public var capacityTimes = 2
  public var peerTimes = 3
  public var peersMin = 30
  public var outsideBasisPoints = 2_000
  public var graceMinutes = 60
  public var cardsMin = 12  // default: fewer takings make no share

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("cash ÷ capacity", "at least \(capacityTimes)"),
      .parameter("cash share ÷ that of peers", "at least \(peerTimes), of \(peersMin) peers"),
      .parameter(
        "card takings outside opening hours",
        "at least \(Statistic.percent(outsideBasisPoints)), \(graceMinutes) minutes granted"),
      .parameter("least card takings", "\(cardsMin)"),
    ]
  }

  /// One of the three tests of a sheet.
  struct Test {
    let measure: Finding.Measure
    /// Nil when its facts are missing.
    let isMet: Bool?
    var edges: [Int] = []
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene), !around.facts.capacities.isEmpty else {
      return lacking("capacities")
    }
    let amounts = ComparableAmounts(scene.trail, scene.context)
    var proofs: [Proof] = []
    var missing: [String] = []
    for sheet in around.facts.capacities {
      let accounts = sheet.accounts.compactMap { around.account($0) }.sorted()
      guard !accounts.isEmpty else {
        missing.append(
          "no records of the accounts of the sheet from \(sheet.source.label), \(sheet.source.locator.text)"
        )
        continue
      }
      let own = Set(accounts)
      let receipts = accounts.flatMap { scene.trail.incoming(of: $0).map(Int.init) }
        .filter {
          !own.contains(scene.trail.source[$0]) && sheet.period.contains(scene.trail.day($0))
        }
        .sorted(by: scene.trail.isEarlier)
      let tests = [
        capacity(sheet, receipts, amounts, around), peers(sheet, receipts, amounts, around),
        outside(sheet, receipts, around),
      ]
      if tests.allSatisfy({ $0.isMet == nil }) {
        missing.append(
          "a sheet of \(sheet.period.first) to \(sheet.period.last) could not be tested: "
            + tests.map { "\($0.measure.name): \($0.measure.value)" }.joined(separator: ", "))
      }
      if tests.contains(where: { $0.isMet == true }) {
        proofs.append(proof(sheet, accounts, tests, around))
      }
    }
    return result(
      proofs, in: scene, notApplicable: missing.isEmpty ? nil : missing.joined(separator: "; "))
  }

  private func capacity(
    _ sheet: CapacitySheet, _ receipts: [Int], _ amounts: ComparableAmounts,
    _ around: Surroundings
  ) -> Test {
    let currency = sheet.rate.currency
    let cash = receipts.filter { around.trail.channel($0) == .cashDeposit }
    let told = cash.filter { amounts.amount($0).currency == currency }
    let name = "cash in"
    guard !told.isEmpty else {
      let value = cash.isEmpty ? "no cash deposit is recorded" : "no cash deposit in \(currency)"
      return Test(measure: .plain(name, value, limit: "a cash deposit"), isMet: nil)
    }
    let sum = told.reduce(Int128(0)) { $0 + Int128(amounts.amount($1).minorUnits) }
    let limit = Self.capacity(of: sheet) * Int128(capacityTimes)
    guard limit > 0 else {
      let value = "no open hour or no rate is stated"
      return Test(measure: .plain(name, value, limit: "a capacity"), isMet: nil)
    }
    let measure = Finding.Measure.atLeast(name, sum, limit) { Statistic.money($0, currency) }
    return Test(measure: measure, isMet: sum >= limit, edges: told)
  }

  /// units × rate × open hours of the period, rounded up: in favour of the business.
  static func capacity(of sheet: CapacitySheet) -> Int128 {
    let minutes = openMinutes(of: sheet)
    return Rounding.down.quotient(
      Int128(sheet.units) * Int128(sheet.rate.minorUnits) * Int128(minutes) + 59, by: 60)
  }

  static func openMinutes(of sheet: CapacitySheet) -> Int {
    (0..<sheet.period.dayCount).reduce(0) { sum, offset in
      let weekday = sheet.period.first.adding(days: offset).isoWeekday
      return sheet.hours.filter { $0.weekday == weekday }.reduce(sum) {
        $0 + $1.closes - $1.opens
      }
    }
  }

  private func peers(
    _ sheet: CapacitySheet, _ receipts: [Int], _ amounts: ComparableAmounts,
    _ around: Surroundings
  ) -> Test {
    let name = "cash share of all receipts"
    guard let peer = sheet.peerCashBasisPoints, let count = sheet.peers, count >= peersMin else {
      return Test(
        measure: .plain(
          name, "`peer-cash-share` and at least \(peersMin) `peers` are not stated",
          limit: "at least \(peerTimes) times that of peers"), isMet: nil)
    }
    var (cash, whole): (Int128, Int128) = (0, 0)
    for edge in receipts {
      let money = amounts.amount(edge)
      guard money.currency == sheet.rate.currency else { continue }
      whole += Int128(money.minorUnits)
      if around.trail.channel(edge) == .cashDeposit { cash += Int128(money.minorUnits) }
    }
    let share = Statistic.basisPoints(cash, of: whole)
    let measure = Finding.Measure.atLeast(name, Int128(share), Int128(peer * peerTimes)) {
      Statistic.percent(Int(clamping: $0))
    }
    let edges = receipts.filter { around.trail.channel($0) == .cashDeposit }
    return Test(measure: measure, isMet: share >= peer * peerTimes, edges: edges)
  }

  private func outside(_ sheet: CapacitySheet, _ receipts: [Int], _ around: Surroundings) -> Test {
    let trail = around.trail
    let cards = receipts.filter {
      [.cardPresent, .cardOnline].contains(trail.channel($0)) && trail.hasTimeOfDay($0)
    }
    let name = "card takings outside opening hours"
    guard cards.count >= cardsMin else {
      return Test(
        measure: .plain(
          name, "\(cards.count) card takings with a time of day", limit: "at least \(cardsMin)"),
        isMet: nil)
    }
    let late = cards.filter { !isOpen(sheet, trail.day($0), Int(trail.time[$0] % 86_400) / 60) }
    let part = late.reduce(Int128(0)) { $0 + Int128(trail.amountMinor[$1]) }
    let whole = cards.reduce(Int128(0)) { $0 + Int128(trail.amountMinor[$1]) }
    let share = Statistic.basisPoints(part, of: whole)
    let measure = Finding.Measure.atLeast(name, Int128(share), Int128(outsideBasisPoints)) {
      Statistic.percent(Int(clamping: $0))
    }
    return Test(measure: measure, isMet: share >= outsideBasisPoints, edges: late)
  }

  /// Whether the place is open then, the grace granted; hours after midnight belong to the day before.
  private func isOpen(_ sheet: CapacitySheet, _ day: CivilDate, _ minute: Int) -> Bool {
    [-1, 0, 1].contains { shift in
      let weekday = day.adding(days: shift).isoWeekday
      let then = minute - shift * 1_440
      return sheet.hours.contains {
        $0.weekday == weekday && then >= $0.opens - graceMinutes && then <= $0.closes + graceMinutes
      }
    }
  }

  private func proof(
    _ sheet: CapacitySheet, _ accounts: [Int32], _ tests: [Test], _ around: Surroundings
  ) -> Proof {
    let met = tests.filter { $0.isMet == true }
    let widest = met.compactMap(\.measure.marginBasisPoints).max()
    let hours = openHours(sheet)
    return Proof(
      edges: Set(met.flatMap(\.edges)).sorted(by: around.trail.isEarlier),
      roles: accounts.map { ($0, "business") },
      sentence:
        "From \(sheet.period.first) to \(sheet.period.last) a cash business exceeds what it can take in by "
        + "\(met.count) of 3 tests: " + met.map(\.measure.name).joined(separator: ", ") + ".",
      measures: tests.map { test in
        test.isMet == true
          ? test.measure
          : .plain(test.measure.name, test.measure.value, limit: test.measure.limit)
      } + [
        .plain(
          "capacity", Statistic.money(Self.capacity(of: sheet), sheet.rate.currency),
          limit: "\(sheet.units) \(sheet.unit) × \(sheet.rate) × \(hours)")
      ],
      cautionsChecked: [
        "the capacity sheet stands in \(sheet.source.label), \(sheet.source.locator.text)",
        "the peers' cash share is \(sheet.peerCashBasisPoints.map(Statistic.percent) ?? "not stated")",
      ],
      cautionsNotChecked: [
        "whether a season, an event or another branch explains the days",
        "whether hours and \(sheet.unit) on the sheet were those of every day of the period",
      ] + tests.filter { $0.isMet == nil }.map { "\($0.measure.name): \($0.measure.value)" },
      strength: widest.map { Finding.Strength(marginBasisPoints: $0) })
  }

  private func openHours(_ sheet: CapacitySheet) -> String {
    let minutes = Self.openMinutes(of: sheet)
    return "\(minutes / 60) open hours" + (minutes % 60 == 0 ? "" : " \(minutes % 60) minutes")
  }
}
