public import CaseModel

/// A transfers file: `tx_id,src,dst,ts,amount_minor,currency,channel`, one movement of money a line.
///
/// The form in which transaction monitoring data is exchanged and benchmarked. `ts` is Unix seconds UTC,
/// `amount_minor` whole minor units. Columns may stand in any order; further columns are left alone.
/// Read whole or refused whole, with every bad line named, up to `issueLimit`.
public struct TransferFile: Sendable {
  public let columns: TransferColumns
  public let names: Trail.Names
  /// Transfer ids as the file spells them, by the number in the column `entry` when it is negative:
  /// −1 is the first of these. Ids that are plain numbers stand in the column themselves.
  let spelledIDs: [String]

  /// Why a transfers file was refused.
  public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    public let issues: [Issue]
    public init(_ issues: [Issue]) { self.issues = issues }
    public var description: String { issues.map(\.description).joined(separator: "\n") }
  }

  public static let columnNames = [
    "tx_id", "src", "dst", "ts", "amount_minor", "currency", "channel",
  ]
  static let issueLimit = 50

  /// Reads the bytes of a file.
  /// - Parameter name: what errors call the file.
  /// - Throws: `Refusal` with a line and a reason for each problem.
  /// - Complexity: O(*n*) in the bytes; rows out of time order cost O(*r* log *r*).
  public init(bytes: [UInt8], name: String) throws(Refusal) {
    var reader = TransferFileReader(name: name)
    bytes.withUnsafeBufferPointer { reader.read($0) }
    guard reader.issues.isEmpty else { throw Refusal(reader.issues) }
    let sorted = reader.sorted()
    columns = sorted.columns
    names = Trail.Names(
      accountCount: sorted.labels.count, labels: sorted.labels, currencies: reader.currencies,
      channels: reader.channels)
    spelledIDs = reader.spelledIDs
  }

  public func trail() -> Trail { Trail(columns: columns, names: names) }

  /// The transfer's id as the file spells it.
  public func transferID(_ entry: Int64) -> String {
    entry >= 0 ? String(entry) : spelledIDs[Int(-1 - entry)]
  }
}
