public import CaseModel
import Legislation
import TrailGraph

/// An account that slept for half a year wakes to large, busy movements.
///
/// Definition: typologies.md ST-26. At least 180 days with fewer than three entries, then at least ten in 14
/// days, with a throughput of at least ten times the cash reporting threshold or twenty times the monthly
/// mean before.
///
/// Readings: throughput is the larger of what came in and what went out, the same for the days before. The
/// mean is taken from the first entry on record to the day before the waking, as 30 days' share. The account
/// must be known before it slept: an entry, or statements, at least 180 days earlier; else it is a new
/// account. Fees and interest are the bank's own entries and wake nobody; they are not counted.
///
/// - Complexity: O(*d* log *d*) an account, *d* its entries.
public struct DormantWake: Detector {
  public static let innocentExplanations = [
    "The holder was abroad, ill or in custody and came back.",
    "An estate is settled through the account of the deceased.",
    "A seasonal business or a house purchase.",
  ]
  public let id = "ST-26"
  public let version = 1
  public let kind = "dormant_wake"
  public let title = "A quiet account suddenly busy"

  public var quietDays = 180
  public var quietEntriesMax = 2
  public var wakeDays = 14
  public var entriesMin = 10
  public var timesThreshold = 10
  public var timesMonthlyMean = 20

  public init() {}

  public var reach: Reach { .transfers(0) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("quiet", "\(quietDays) days with at most \(quietEntriesMax) entries"),
      .parameter("busy", "\(entriesMin) entries in \(wakeDays) days"),
      .parameter(
        "least throughput",
        "\(timesThreshold) × the cash reporting threshold or \(timesMonthlyMean) × the monthly mean"
      ),
    ]
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let trail = scene.trail
    let amounts = ComparableAmounts(trail, scene.context)
    var proofs: [Proof] = []
    var sawHistory = false
    for account in scene.centres {
      let entries = entries(of: account, trail)
      guard let first = entries.first else { continue }
      let known = min(trail.day(first), statementsSince(account, scene) ?? trail.day(first))
      guard let last = entries.last, trail.day(last) - known >= quietDays else { continue }
      sawHistory = true
      proofs += wakes(entries, known: known, trail).compactMap {
        proof($0, entries, of: account, amounts, scene)
      }
    }
    return result(
      proofs, in: trail, context: scene.context,
      notApplicable: sawHistory
        ? nil : "no account is recorded over \(quietDays) days before its last entry")
  }

  /// What an account's holder or partners did, in time order.
  private func entries(of account: Int32, _ trail: Trail) -> [Int] {
    let (out, incoming) = (trail.outgoing(of: account), trail.incoming(of: account))
    guard out.count + incoming.count >= entriesMin else { return [] }
    var entries: [(time: Int64, edge: Int)] = []
    entries.reserveCapacity(out.count + incoming.count)
    func add(_ edge: Int) {
      let channel = trail.channel(edge)
      guard channel != .fee, channel != .interest, trail.source[edge] != trail.destination[edge]
      else { return }
      entries.append((trail.time[edge], edge))
    }
    for edge in out { add(edge) }
    for edge in incoming { add(Int(edge)) }
    return entries.sorted { $0 < $1 }.map(\.edge)
  }

  private func statementsSince(_ account: Int32, _ scene: Scene) -> CivilDate? {
    scene.trail.names.accountID(of: account).flatMap { scene.context?.coverage[$0]?.first?.first }
  }

  /// Windows of busy days that begin after quiet ones; overlapping ones stand for the fullest, of equals
  /// the earliest.
  private func wakes(_ entries: [Int], known: CivilDate, _ trail: Trail) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var (quiet, end) = (0, 0)
    for start in entries.indices {
      let day = trail.day(entries[start])
      while day - trail.day(entries[quiet]) > quietDays { quiet += 1 }
      // Entries of the first day belong to the waking, not to the quiet.
      if start > 0, trail.day(entries[start - 1]) == day { continue }
      while end < entries.count, trail.day(entries[end]) - day < wakeDays { end += 1 }
      guard day - known >= quietDays, start - quiet <= quietEntriesMax,
        end - start >= entriesMin
      else { continue }
      if let last = found.last, last.overlaps(start..<end) {
        if end - start > last.count { found[found.count - 1] = start..<end }
      } else {
        found.append(start..<end)
      }
    }
    return found
  }

  /// The larger of what came in and what went out, in one currency.
  private func throughput(
    _ entries: some Sequence<Int>, of account: Int32, _ currency: Currency,
    _ amounts: ComparableAmounts, _ trail: Trail
  ) -> Int128 {
    var (received, paid) = (Int128(0), Int128(0))
    for edge in entries {
      let money = amounts.amount(edge)
      guard money.currency == currency else { continue }
      if trail.source[edge] == account {
        paid += Int128(money.minorUnits)
      } else {
        received += Int128(money.minorUnits)
      }
    }
    return max(received, paid)
  }

  private func proof(
    _ wake: Range<Int>, _ entries: [Int], of account: Int32, _ amounts: ComparableAmounts,
    _ scene: Scene
  ) -> Proof? {
    let trail = scene.trail
    let (shown, earlier) = (entries[wake], entries[..<wake.lowerBound])
    guard let first = shown.first, let last = shown.last else { return nil }
    let day = trail.day(first)
    for currency in Set(shown.map { amounts.amount($0).currency }).sorted() {
      func money(_ minor: Int128) -> String { Statistic.money(minor, currency) }
      let moved = throughput(shown, of: account, currency, amounts, trail)
      let threshold = scene.law.cashReportingThreshold(in: currency, on: day)
      let byThreshold = threshold.map {
        Int128($0.amount.minorUnits) * Int128(timesThreshold)
      }
      let before = throughput(earlier, of: account, currency, amounts, trail)
      let days = earlier.first.map { max(1, day - trail.day($0)) } ?? 1
      let mean = Rounding.halfUp.quotient(before * 30, by: Int128(days))
      let byMean = mean > 0 ? mean * Int128(timesMonthlyMean) : nil
      let limits = [byThreshold, byMean].compactMap { $0 }
      // Either limit is enough, so the lower one binds.
      guard let limit = limits.min(), moved >= limit else { continue }
      let quiet = earlier.count { day - trail.day($0) <= quietDays }
      return Proof(
        edges: Array(shown), roles: [(account, "centre")],
        sentence:
          "After \(quietDays) days with \(quiet) entries an account had \(shown.count) entries from "
          + "\(day) to \(trail.day(last)), with a throughput of \(money(moved)).",
        measures: [
          .atLeast("entries in \(wakeDays) days", shown.count, entriesMin),
          .atLeast("throughput in \(wakeDays) days", moved, limit, text: money),
          .plain(
            "entries in the \(quietDays) days before", "\(quiet)",
            limit: "at most \(quietEntriesMax)"),
          .plain(
            "monthly mean before", money(mean),
            limit: byMean == nil ? "no earlier movements to compare" : "× \(timesMonthlyMean)"),
          .plain(
            "cash reporting threshold", threshold?.amount.description ?? "none stated",
            limit: threshold.map { "× \(timesThreshold) (\($0.citation.text))" } ?? "not compared"),
        ],
        cautionsNotChecked: [
          "whether the holder returned from abroad, or an estate is being settled",
          "whether the account was used through records that are not here",
        ])
    }
    return nil
  }
}
