/// A trail's columns in place, for the inner loops of walks and counts. Valid inside `withView` only.
///
/// Reading a column through the trail checks every index. The loops that read some ten million cells use
/// this view instead; each index they use comes from the trail's own slices, whose ends are checked when
/// the trail is built. In debug builds, tests included, every index is checked here as well.
struct TrailView {
  let accountCount: Int
  let source: UnsafeBufferPointer<Int32>
  let destination: UnsafeBufferPointer<Int32>
  let time: UnsafeBufferPointer<Int64>
  /// Edge numbers by destination, then time.
  let incomingEdges: UnsafeBufferPointer<Int32>
  fileprivate let outgoingStart: UnsafeBufferPointer<Int32>
  fileprivate let incomingStart: UnsafeBufferPointer<Int32>

  /// The edges that left an account, in time order.
  @inline(__always)
  func outgoing(of account: Int32) -> Range<Int> {
    let place = Int(account)
    return Range(
      uncheckedBounds: (Int(outgoingStart[place]), Int(outgoingStart[place + 1])))
  }

  /// Places in `incomingEdges` of the edges into an account, in time order.
  @inline(__always)
  func incoming(of account: Int32) -> Range<Int> {
    let place = Int(account)
    return Range(
      uncheckedBounds: (Int(incomingStart[place]), Int(incomingStart[place + 1])))
  }

  /// The first edge of a slice that is later than a moment.
  @inline(__always)
  func firstEdge(in slice: Range<Int>, after moment: Int64) -> Int {
    Trail.firstIndex(in: slice) { time[$0] > moment }
  }
}

extension Trail {
  func withView<Result>(_ body: (TrailView) throws -> Result) rethrows -> Result {
    try source.withUnsafeBufferPointer { source in
      try destination.withUnsafeBufferPointer { destination in
        try time.withUnsafeBufferPointer { time in
          try incomingEdges.withUnsafeBufferPointer { incomingEdges in
            try outgoingStart.withUnsafeBufferPointer { outgoingStart in
              try incomingStart.withUnsafeBufferPointer { incomingStart in
                try body(
                  TrailView(
                    accountCount: accountCount, source: source, destination: destination,
                    time: time, incomingEdges: incomingEdges, outgoingStart: outgoingStart,
                    incomingStart: incomingStart))
              }
            }
          }
        }
      }
    }
  }
}
