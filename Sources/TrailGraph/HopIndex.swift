/// A transfer as a search for cycles sees it: when, and the account at the other end. Eight bytes for
/// trails of up to 136 years.
struct Hop<Tick: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  /// Seconds after the trail's first transfer, plus one; so 0 is before everything.
  let tick: Tick
  let account: Int32
}

/// Transfers between two different named accounts, by sender and by receiver, each in time order.
///
/// A search looks at time and account together, so they lie together. Made for one question and let go
/// with it: 16 bytes a transfer that stays in the sieve and 24 an account (more for a span beyond 136 years).
final class HopIndex<Tick: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  let outHops: [Hop<Tick>]
  let outStart: [Int32]
  let inHops: [Hop<Tick>]
  let inStart: [Int32]

  /// Both sides as they are: each account's hops lie together, ticks rising.
  init(outHops: [Hop<Tick>], outStart: [Int32], inHops: [Hop<Tick>], inStart: [Int32]) {
    self.outHops = outHops
    self.outStart = outStart
    self.inHops = inHops
    self.inStart = inStart
  }

  /// Every transfer that can be part of a cycle within a window.
  /// - Parameter first: the time of the trail's first transfer.
  /// - Complexity: O(*m*).
  init(_ trail: Trail, first: Int64, window: Int64) {
    let accounts = trail.accountCount
    let sieve = CycleSieve(trail, first: first, window: window)
    let marks = sieve.marks(of: trail.edgeCount)
    func tick(_ time: Int64) -> Tick { Tick(truncatingIfNeeded: time &- first &+ 1) }
    (outHops, outStart, inHops, inStart) = trail.withView { view in
      var starts = [Int32](repeating: 0, count: accounts + 1)
      let out = [Hop<Tick>](room: sieve.edges.count) { hops, filled in
        for edge in sieve.edges {
          starts[Int(view.source[Int(edge)]) + 1] += 1
          hops.initializeElement(
            at: filled,
            to: Hop(tick: tick(view.time[Int(edge)]), account: view.destination[Int(edge)]))
          filled += 1
        }
      }
      for account in 0..<accounts { starts[account + 1] += starts[account] }
      var inStarts = [Int32](repeating: 0, count: accounts + 1)
      let into = [Hop<Tick>](room: sieve.edges.count) { hops, filled in
        for account in 0..<Int32(accounts) {
          if sieve.paid[Int(account)] != 0 {
            for place in view.incoming(of: account) {
              let edge = Int(view.incomingEdges[place])
              guard marks[edge >> 6] &>> UInt64(edge & 63) & 1 == 1 else { continue }
              hops.initializeElement(
                at: filled, to: Hop(tick: tick(view.time[edge]), account: view.source[edge]))
              filled += 1
            }
          }
          inStarts[Int(account) + 1] = Int32(truncatingIfNeeded: filled)
        }
      }
      return (out, starts, into, inStarts)
    }
  }

  func withHops<Result>(_ body: (Hops<Tick>) -> Result) -> Result {
    outHops.withUnsafeBufferPointer { outHops in
      outStart.withUnsafeBufferPointer { outStart in
        inHops.withUnsafeBufferPointer { inHops in
          inStart.withUnsafeBufferPointer { inStart in
            body(
              Hops(out: outHops, into: inHops, outStart: outStart, inStart: inStart))
          }
        }
      }
    }
  }
}

/// The index in place; valid inside `withHops` only. Indices are checked in debug builds.
struct Hops<Tick: FixedWidthInteger & UnsignedInteger & Sendable> {
  let out: UnsafeBufferPointer<Hop<Tick>>
  let into: UnsafeBufferPointer<Hop<Tick>>
  fileprivate let outStart: UnsafeBufferPointer<Int32>
  fileprivate let inStart: UnsafeBufferPointer<Int32>

  fileprivate init(
    out: UnsafeBufferPointer<Hop<Tick>>, into: UnsafeBufferPointer<Hop<Tick>>,
    outStart: UnsafeBufferPointer<Int32>, inStart: UnsafeBufferPointer<Int32>
  ) {
    self.out = out
    self.into = into
    self.outStart = outStart
    self.inStart = inStart
  }

  @inline(__always)
  func outgoing(of account: Int32) -> Range<Int> {
    Range(uncheckedBounds: (Int(outStart[Int(account)]), Int(outStart[Int(account) + 1])))
  }

  @inline(__always)
  func incoming(of account: Int32) -> Range<Int> {
    Range(uncheckedBounds: (Int(inStart[Int(account)]), Int(inStart[Int(account) + 1])))
  }

  /// The first place in a slice of `out` that is later than a tick.
  @inline(__always)
  func firstOut(_ slice: Range<Int>, after tick: Tick) -> Int {
    Trail.firstIndex(in: slice) { out[$0].tick > tick }
  }

  /// The end of what comes before a tick in a slice of `into`.
  @inline(__always)
  func endIn(_ slice: Range<Int>, before tick: Tick) -> Int {
    Trail.firstIndex(in: slice) { into[$0].tick >= tick }
  }
}
