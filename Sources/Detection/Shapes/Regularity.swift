import CaseModel
import TrailGraph

/// When payments between two parties are a standing dealing: rent, wages, dues, a remitter's customers.
///
/// At least `times` payments, each counted one at least `gapDays` days after the one before, the last at least
/// `spanDays` days after the first. So a month may have 28 to 31 days and payday may fall on any of them; and
/// the stages of one journey, paid within six weeks, are no habit, whatever the calendar months they touch.
public struct Regularity: Sendable, Hashable {
  public var times = 3  // default: two payments are a repetition, three a habit
  public var gapDays = 21  // default: payments of one month count once, a short month still counts
  public var spanDays = 56  // default: two months of four weeks

  public init() {}

  /// Counts the payments of one pair, fed in time order.
  struct Tally {
    private let first: CivilDate
    private var last: CivilDate
    private var counted: CivilDate
    private var times = 1

    init(_ day: CivilDate) {
      first = day
      last = day
      counted = day
    }

    mutating func add(_ day: CivilDate, _ rule: Regularity) {
      if day - counted >= rule.gapDays {
        times += 1
        counted = day
      }
      last = day
    }

    func meets(_ rule: Regularity) -> Bool {
      times >= rule.times && last - first >= rule.spanDays
    }
  }

  func holds(_ tally: Tally?) -> Bool { tally?.meets(self) ?? false }

  /// For parameters: `3 times, 21 days or more apart, over 56 days`.
  var words: String { "\(times) times, \(gapDays) days or more apart, over \(spanDays) days" }

  /// The tallies of one side's partners.
  /// - Parameter edges: in time order.
  func tallies(
    _ edges: some Sequence<Int>, _ trail: Trail, partner: (Int) -> Int32
  ) -> [Int32: Tally] {
    var result: [Int32: Tally] = [:]
    for edge in edges {
      let day = trail.day(edge)
      result[partner(edge), default: Tally(day)].add(day, self)
    }
    return result
  }

  /// What cannot be told of an account whose records are this short, for the cautions not checked; empty
  /// when they are long enough.
  func tooShort(_ account: Int32, _ trail: Trail) -> [String] {
    let (out, into) = (trail.outgoing(of: account), trail.incoming(of: account))
    let ends = [out.first, out.last, into.first.map(Int.init), into.last.map(Int.init)]
    let days = ends.compactMap { $0.map { trail.day($0) } }
    guard let first = days.min(), let last = days.max(), last - first < spanDays else { return [] }
    return [
      "whether these dealings recur monthly: the account's records span \(last - first) days"
    ]
  }
}
