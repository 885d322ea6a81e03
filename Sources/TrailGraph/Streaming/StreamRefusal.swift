/// Why a batch of transfers was not taken into a stream. Nothing of the batch was.
public struct StreamRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    /// Earlier than what the stream has already given up waiting for.
    case tooLate(time: Int64, earliest: Int64, slack: Int64)
    /// An account number beyond what the stream was told to expect.
    case unknownAccount(Int32, limit: Int)
  }

  public let reason: Reason
  /// The row in the batch, from 0.
  public let row: Int
  /// The caller's number of the transfer.
  public let entry: Int64

  public init(_ reason: Reason, row: Int, entry: Int64) {
    self.reason = reason
    self.row = row
    self.entry = entry
  }

  public var description: String {
    switch reason {
    case .tooLate(let time, let earliest, let slack):
      "row \(row) of the batch (entry \(entry)): its time \(time) is before \(earliest), the earliest the "
        + "stream still takes with a slack of \(slack) s\n"
        + "  Send transfers in order of time, or open the stream with a larger slack."
    case .unknownAccount(let account, let limit):
      "row \(row) of the batch (entry \(entry)): account number \(account) is not below the stream's limit "
        + "of \(limit) accounts\n"
        + "  Number accounts densely from 0, or open the stream with a higher limit."
    }
  }
}
