import CaseModel
import Foundation
import TestSupport

@testable import TrailGraph

/// A small random trail and its edges as plain values, for oracles that know nothing of columns.
///
/// Few accounts and few moments, so that ties in time, parallel transfers, transfers to oneself and
/// transfers with the outside all happen often.
struct RandomTrail {
  struct Edge: Equatable {
    var from: Int32
    var to: Int32
    var time: Int64
    var amount: Int64
    var currency: UInt16
    var id: Int64
  }
  let edges: [Edge]
  let accounts: Int
  let trail: Trail

  /// Seeds to run; `MONEYTRAIL_SEEDS` sets how many.
  static func seeds(_ usual: UInt64) -> ClosedRange<UInt64> {
    1...(ProcessInfo.processInfo.environment["MONEYTRAIL_SEEDS"].flatMap { UInt64($0) } ?? usual)
  }

  init(
    seed: UInt64, accounts: ClosedRange<Int>, edges count: ClosedRange<Int>,
    times: ClosedRange<Int64>, amounts: ClosedRange<Int64> = 80...100, currencies: UInt16 = 2
  ) {
    var random = SeededRandom(seed: seed)
    self.accounts = Int.random(in: accounts, using: &random)
    var edges: [Edge] = []
    for id in 0..<Int.random(in: count, using: &random) {
      edges.append(
        Edge(
          from: Int32.random(in: -1..<Int32(self.accounts), using: &random),
          to: Int32.random(in: -1..<Int32(self.accounts), using: &random),
          time: Int64.random(in: times, using: &random),
          amount: Int64.random(in: amounts, using: &random),
          currency: UInt16.random(in: 0..<currencies, using: &random), id: Int64(id)))
    }
    self.edges = edges
    var columns = TransferColumns()
    for edge in edges {
      columns.append(
        source: edge.from, destination: edge.to, time: edge.time, amountMinor: edge.amount,
        currency: edge.currency, channel: 0, entry: edge.id)
    }
    trail = Trail(
      columns: columns,
      names: Trail.Names(
        accountCount: self.accounts,
        currencies: (0..<currencies).map { Currency(asset: "CUR\($0)", exponent: 2) }))
  }

  /// The same trail with every time so many times as large: more seconds than 32 bits hold.
  func stretched(by factor: Int64) -> Trail {
    var columns = TransferColumns()
    for edge in edges {
      columns.append(
        source: edge.from, destination: edge.to, time: edge.time * factor, amountMinor: edge.amount,
        currency: edge.currency, channel: 0, entry: edge.id)
    }
    return Trail(columns: columns, names: trail.names)
  }

  /// Edges between two different named accounts.
  var joining: [Edge] { edges.filter { $0.from >= 0 && $0.to >= 0 && $0.from != $0.to } }
}
