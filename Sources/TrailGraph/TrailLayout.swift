import Dispatch

// Lays rows out as a trail: counting sorts into the final place, no row compared with another account's.

extension Trail {
  /// Builds a trail.
  ///
  /// Rows are counted into the slice of their account, and a slice that is not in the order of time yet is
  /// sorted by itself, stably; so rows of equal time keep the loader's order. Both directions are sorted
  /// at the same time, by two threads; the result does not depend on that. Each column is given back as
  /// soon as it is laid out, so that a caller who hands over its only copy never holds two whole ones.
  ///
  /// - Parameters:
  ///   - columns: rows in any order.
  ///   - names: what account, currency and channel numbers mean.
  ///   - creditEntries: for paired transfers, the entry of the receiving leg by row.
  /// - Complexity: O(*n*) when the rows come in time order, else O(*n* log *d*) in the edges of an account.
  public init(
    columns: consuming TransferColumns, names: Names, creditEntries: [Int: Int64] = [:]
  ) {
    let credits = creditEntries.map { (row: Int32($0.key), entry: $0.value) }
      .sorted { $0.row < $1.row }
    self.init(
      columns: columns, names: names, creditRows: credits.map(\.row),
      creditEntries: credits.map(\.entry))
  }

  /// The same, with the pairs as columns: rows rising, and the entry of each one's receiving leg.
  public init(
    columns: consuming TransferColumns, names: Names, creditRows: [Int32], creditEntries: [Int64]
  ) {
    var rows = columns
    let count = rows.count
    precondition(count < Int(Int32.max), "a trail numbers its edges with 31 bits")
    precondition(creditRows.count == creditEntries.count, "a pair without its second leg")
    let accounts = names.accountCount
    let (out, into) = Self.slices(of: rows, accounts: accounts)
    let outgoing = out.rows
    let edgeOfRow = [Int32](room: count) { edges, filled in
      // In bounds, and every cell is set: `TimeSlices` names each row once.
      for edge in 0..<count { edges[Int(outgoing[edge])] = Int32(truncatingIfNeeded: edge) }
      filled = count
    }

    let (paired, credits) = Self.pairs(creditRows, creditEntries, edgeOfRow)
    let sourceRows = rows.give(\.source)
    let destinationRows = rows.give(\.destination)
    let (source, destination) = inParallel(
      { Self.gather(sourceRows, by: outgoing) }, { Self.gather(destinationRows, by: outgoing) })
    let timeRows = rows.give(\.time)
    let amountRows = rows.give(\.amountMinor)
    let (time, amount) = inParallel(
      { Self.gather(timeRows, by: outgoing) }, { Self.gather(amountRows, by: outgoing) })
    let entryRows = rows.give(\.entry)
    let (entry, incoming) = inParallel(
      { Self.gather(entryRows, by: outgoing) }, { Self.gather(edgeOfRow, by: into.rows) })
    let currencyRows = rows.give(\.currency)
    let channelRows = rows.give(\.channel)
    let (currency, channel) = inParallel(
      { Self.gather(currencyRows, by: outgoing) }, { Self.gather(channelRows, by: outgoing) })
    self.init(
      Columns(
        source: source, destination: destination, time: time, amountMinor: amount,
        currency: currency, channelBits: channel, entry: entry, outgoingStart: Column(out.starts),
        incomingEdges: incoming, incomingStart: Column(into.starts), pairedEdges: paired,
        pairedCredits: credits),
      names: names)
  }

  /// Both directions.
  private static func slices(
    of rows: TransferColumns, accounts: Int
  ) -> (out: TimeSlices, into: TimeSlices) {
    let isSorted = TimeSlices.isSorted(rows.time)
    return inParallel(
      { TimeSlices(of: rows.source, accounts: accounts, time: rows.time, isSorted: isSorted) },
      { TimeSlices(of: rows.destination, accounts: accounts, time: rows.time, isSorted: isSorted) }
    )
  }

  /// Pairs by edge instead of by row, rising.
  private static func pairs(
    _ rows: [Int32], _ entries: [Int64], _ edgeOfRow: [Int32]
  ) -> (Column<Int32>, Column<Int64>) {
    let order = rows.indices.sorted { edgeOfRow[Int(rows[$0])] < edgeOfRow[Int(rows[$1])] }
    return (
      Column(order.map { edgeOfRow[Int(rows[$0])] }), Column(order.map { entries[$0] })
    )
  }

  private static func gather<T: BitwiseCopyable & Sendable>(
    _ column: [T], by rows: [Int32]
  ) -> Column<T> {
    Column(count: rows.count) { cells in
      // The row numbers are those of `TimeSlices`: each row once.
      column.withUnsafeBufferPointer { from in
        precondition(from.count == rows.count)
        rows.withUnsafeBufferPointer { rows in
          for edge in rows.indices { cells[edge] = from[Int(rows[edge])] }
        }
      }
    }
  }
}

/// Runs two pieces of work at once, when there are processors for it.
func inParallel<A, B>(
  _ first: @Sendable () -> A, _ second: @Sendable () -> B
) -> (A, B) {
  var (a, b): (A?, B?)
  withUnsafeMutablePointer(to: &a) { a in
    withUnsafeMutablePointer(to: &b) { b in
      // Safe: each of the two turns writes to a place of its own, and both end before this returns.
      nonisolated(unsafe) let (a, b) = (a, b)
      DispatchQueue.concurrentPerform(iterations: 2) { turn in
        if turn == 0 { a.pointee = first() } else { b.pointee = second() }
      }
    }
  }
  guard let a, let b else { preconditionFailure("a piece of work did not end") }
  return (a, b)
}
