import CaseModel
import TrailGraph

/// How far in time a detector looks, for those that can work in a stream.
///
/// A finding depends on movements from `beforeDays` before its first movement to less than `afterDays` after its
/// last. Where it `looksFarBack`, also on dealings that lie further back: habits, or all of a pair.
struct StreamSpan: Hashable, Sendable {
  let beforeDays: Int
  let afterDays: Int
  var looksFarBack = false
}

/// An account whose finding may end on a day, or a pair of accounts.
struct StreamCandidate: Hashable, Sendable {
  let day: Int32
  let account: Int32
  var partner: Int32 = -1

  static func precedes(_ a: Self, _ b: Self) -> Bool {
    a.account != b.account ? a.account < b.account : a.partner < b.partner
  }
}

/// A detector that can work in a stream, because its findings look at bounded time.
protocol StreamedDetector: Detector {
  var streamSpan: StreamSpan { get }
  var streamScope: StreamScope { get }
  /// A cheaper look, which names whoever may have a finding that ends on a day.
  func streamWatch() -> any StreamWatch
}

extension StreamedDetector {
  var streamScope: StreamScope { .account }
}

/// Names the candidates of a day, among others that have no finding; it never leaves one out.
protocol StreamWatch: Sendable {
  /// Looks at transfers of one day as they come; a day may come in several portions.
  mutating func look(
    at portion: StreamPortion, _ trail: SlidingTrail, _ found: inout [StreamCandidate])
  /// Whether it is also shown the transfers of a day when the day is over.
  var looksAgain: Bool { get }
  /// Looks at transfers of a day that is over, each once.
  mutating func lookAgain(
    at numbers: StreamNumbers, on day: Int32, _ trail: SlidingTrail,
    _ found: inout [StreamCandidate])
  /// Which beginnings it asks for.
  var beginnings: [StreamBeginnings.Question] { get }
  /// Bytes held, by declared width.
  var stateBytes: Int { get }
}

extension StreamWatch {
  var looksAgain: Bool { false }
  mutating func lookAgain(
    at numbers: StreamNumbers, on day: Int32, _ trail: SlidingTrail,
    _ found: inout [StreamCandidate]
  ) {}
  var beginnings: [StreamBeginnings.Question] { [] }
  var stateBytes: Int { 0 }
}

/// Transfers of one day that have just been added to a sliding trail, and what several watches ask of them.
struct StreamPortion {
  let day: Int32
  /// The number of the first of them.
  let first: UInt32
  let transfers: ArraySlice<StreamTransfer>
  /// By channel number.
  let meanings: [Channel]
  let beginnings: [StreamBeginnings]

  /// How many dealings of each transfer's account began in the window, in the order of the transfers; 0 where a
  /// side is missing.
  func counts(_ question: StreamBeginnings.Question) -> [Int32] {
    beginnings.first { $0.question == question }?.counts ?? []
  }
}

/// Numbers of a sliding trail, one after the other; they wrap around.
struct StreamNumbers: Sequence, IteratorProtocol {
  private var number: UInt32
  private let end: UInt32
  init(_ start: UInt32, _ end: UInt32) { (number, self.end) = (start, end) }
  mutating func next() -> UInt32? {
    guard number != end else { return nil }
    defer { number &+= 1 }
    return number
  }
}

/// Days as moments.
enum StreamDay {
  /// The first second of a day so many days before another.
  static func start(of day: Int32, daysBefore days: Int = 0) -> Int64 {
    (Int64(day) - Int64(days)) * 86_400
  }
}

/// A detector that a stream does not run, and why.
public struct StreamExclusion: Hashable, Sendable {
  public let detector: String
  public let reason: String

  static func reason(for detector: any Detector) -> String {
    switch detector.id {
    case "ST-26": "it compares with everything the account did before, however long ago"
    case "FL-01": "it follows one payday after the other, however far apart they lie"
    case "ST-27": "it weighs all dealings of its accounts, however long ago"
    case "ST-11", "ST-12", "ST-13":
      "what it finds spreads over accounts that share no movement with one of them"
    default: "it needs facts of a case, which a stream of transfers does not carry"
    }
  }
}
