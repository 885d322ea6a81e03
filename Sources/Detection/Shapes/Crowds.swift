import CaseModel
import TrailGraph

/// Cheap tests that most accounts fail, asked before anything is built for them. They count every movement of a
/// side, whatever its currency, partner or channel, so they never say no wrongly.
extension Trail {
  /// Whether so many receipts of an account lie within so many calendar days.
  /// - Parameter count: at least 1.
  /// - Complexity: O(1) for accounts with fewer receipts, else O(*d*) in them.
  func isPaid(_ account: Int32, times count: Int, withinDays days: Int) -> Bool {
    let receipts = incoming(of: account)
    guard receipts.count >= count else { return false }
    return isCrowded(receipts.startIndex..<receipts.endIndex, count, days) {
      time[Int(receipts[$0])]
    }
  }

  /// Whether so many payments of an account lie within so many calendar days.
  func pays(_ account: Int32, times count: Int, withinDays days: Int) -> Bool {
    let payments = outgoing(of: account)
    guard payments.count >= count else { return false }
    return isCrowded(payments, count, days) { time[$0] }
  }

  private func isCrowded(
    _ places: Range<Int>, _ count: Int, _ days: Int, time: (Int) -> Int64
  ) -> Bool {
    // From any moment of the first day to any of the last.
    let span = Int64(days) * 86_400
    return (places.lowerBound..<(places.upperBound - count + 1)).contains { first in
      time(first + count - 1) - time(first) < span
    }
  }

  /// Whether an account has a receipt and a payment, what it moved to itself no receipt.
  func hasBothSides(_ account: Int32) -> Bool {
    guard !outgoing(of: account).isEmpty else { return false }
    return incoming(of: account).contains { source[Int($0)] != account }
  }
}
