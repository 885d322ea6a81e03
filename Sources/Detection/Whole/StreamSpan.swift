import CaseModel

/// How far in time a detector looks, for those that can work in a stream.
///
/// A finding depends on nothing but movements of its anchor from `beforeDays` before its first movement to less
/// than `afterDays` after its last, and both its first and its last movement are the anchor's own.
struct StreamSpan: Hashable, Sendable {
  let beforeDays: Int
  let afterDays: Int
  /// What the anchor must at least have received and paid from `afterDays` before the last movement on.
  let receiptsMin: Int
  let paymentsMin: Int
}

/// A detector that can work in a stream, because its findings look at bounded time.
protocol StreamedDetector: Detector {
  var streamSpan: StreamSpan { get }
}

extension Structuring: StreamedDetector {
  // A run ends when no deposit follows within the window; twice the window so that the deposits before the
  // first are known to belong to none.
  var streamSpan: StreamSpan {
    StreamSpan(
      beforeDays: 2 * windowDays, afterDays: windowDays, receiptsMin: depositsMin, paymentsMin: 0)
  }
}

extension PassThrough: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(
      beforeDays: baselineDays + windowDays, afterDays: windowDays, receiptsMin: receiptsMin,
      paymentsMin: 1)
  }
}

extension CryptoRamp: StreamedDetector {
  var streamSpan: StreamSpan {
    StreamSpan(
      beforeDays: 2 * windowDays + (withinHours + 23) / 24, afterDays: windowDays, receiptsMin: 1,
      paymentsMin: passagesMin)
  }
}

/// A detector that a stream does not run, and why.
public struct StreamExclusion: Hashable, Sendable {
  public let detector: String
  public let reason: String

  static func reason(for detector: any Detector) -> String {
    switch detector.id {
    case "ST-26": "it compares with everything the account did before"
    case "ST-10", "ST-27": "it weighs all dealings of its accounts, however long ago"
    default: "it asks who has a habit, which takes the whole record of a pair or an account"
    }
  }
}
