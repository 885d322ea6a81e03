import CaseModel
import TestSupport
import Testing

@testable import TrailGraph

/// A sum that notices every changed byte, for tests; the program hands in SHA-256.
@Sendable private func testHash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
  var sums: [UInt64] = [1, 2, 3, UInt64(bytes.count)]
  for byte in bytes {
    for lane in 0..<4 { sums[lane] = (sums[lane] ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 &+ 7 }
  }
  return sums.flatMap { sum in (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) } }
}

private func memory(_ bytes: [UInt8]) -> ColumnMemory {
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
  copy.copyBytes(from: bytes)
  return ColumnMemory(
    mapped: UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]),
    release: { $0.deallocate() })
}

private func snapshot(_ trail: Trail, _ origin: TrailOrigin) -> [UInt8] {
  var bytes: [UInt8] = []
  trail.writeSnapshot(origin: origin, hash: testHash) { bytes.append(contentsOf: $0) }
  return bytes
}

private let origin = TrailOrigin(
  store: "made-up", lastEntry: 40, importCount: 2, imports: "ab", lastPair: 3, changes: 0,
  furtherPlaces: 0)

/// Forty random edges with labels, two currencies, odd channel words and two pairs.
private func sample(_ seed: UInt64) -> Trail {
  var random = Seeded(seed)
  var columns = TransferColumns()
  for id in 0..<40 {
    columns.append(
      source: Int32(random.next(8)) - 1, destination: Int32(random.next(8)) - 1,
      time: Int64(random.next(30)) - 9, hasTimeOfDay: random.next(2) == 0,
      shownByReceiver: random.next(3) == 0, amountMinor: Int64(random.next(1000)),
      currency: UInt16(random.next(2)), channel: UInt8(random.next(3)), entry: Int64(id))
  }
  return Trail(
    columns: columns,
    names: Trail.Names(
      accountCount: 7, accountNumbers: [3, 5, 7, -1, 11, 13, 17],
      labels: ["a", "Ærø", "", "d\ne", "5", "6", "7"],
      currencies: [Currency(iso: "EUR"), Currency(asset: "BTC", exponent: 8)].compactMap { $0 },
      channels: ["cash", "wire", "by\nhand"]),
    creditEntries: [4: 104, 17: 117])
}

@Suite("A trail is kept as a snapshot")
struct SnapshotTests {
  @Test("what is read is what was written, column for column, and equal trails give equal bytes")
  func roundTrip() throws {
    for seed in 1...50 as ClosedRange<UInt64> {
      let trail = sample(seed)
      let bytes = snapshot(trail, origin)
      let read = try Trail.ofSnapshot(memory(bytes), file: "kept", hash: testHash)
      #expect(read.origin == origin)
      expectSame(read.trail, trail, "seed \(seed)")
      #expect(snapshot(read.trail, read.origin) == bytes)
    }
    let empty = Trail(
      columns: TransferColumns(), names: Trail.Names(accountCount: 0, currencies: []))
    let read = try Trail.ofSnapshot(memory(snapshot(empty, origin)), file: "k", hash: testHash)
    expectSame(read.trail, empty, "an empty trail")
  }

  @Test("a snapshot that is cut short anywhere is refused")
  func cutShort() {
    let bytes = snapshot(sample(1), origin)
    for count in 1..<bytes.count {
      #expect(throws: SnapshotRefusal.self, "\(count) bytes") {
        try Trail.ofSnapshot(memory(Array(bytes[..<count])), file: "kept", hash: testHash)
      }
    }
  }

  @Test("a snapshot with any one byte changed is refused, or the byte lies between two parts")
  func damaged() throws {
    let trail = sample(1)
    let bytes = snapshot(trail, origin)
    var passed = 0
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0x20
      do {
        let read = try Trail.ofSnapshot(memory(changed), file: "kept", hash: testHash)
        expectSame(read.trail, trail, "byte \(place)")
        passed += 1
      } catch {
        #expect(error.file == "kept")
      }
    }
    #expect(passed < 17 * 63, "only the gaps before 17 parts may change unseen")
  }

  @Test("the reason names what is wrong and what to do")
  func reasons() {
    let bytes = snapshot(sample(2), origin)
    func reason(_ change: (inout [UInt8]) -> Void) -> SnapshotRefusal.Reason? {
      var changed = bytes
      change(&changed)
      do {
        _ = try Trail.ofSnapshot(memory(changed), file: "kept", hash: testHash)
        return nil
      } catch { return error.reason }
    }
    #expect(reason { $0[0] = 0x58 } == .notASnapshot)
    #expect(
      reason {
        $0.swapAt(8, 11); $0.swapAt(9, 10)
      } == .otherByteOrder)
    #expect(reason { $0[12] = 9 } == .otherFormat(found: 9, known: 1))
    #expect(
      reason { $0.removeLast() } == .cutShort(found: bytes.count - 1, expected: bytes.count))
    #expect(reason { $0[70] ^= 1 } == .damaged(part: "the header"))
    #expect(
      reason { $0[$0.count - 1] ^= 1 } == .damaged(part: "the part pairedCredits"))
    #expect(reason { _ in } == nil)
    #expect(
      SnapshotRefusal(.damaged(part: "the header"), file: "kept").description == """
        kept: damaged: the checksum of the header does not hold
          The trail is built anew from the store; write the snapshot again.
        """)
  }

  @Test("rows out of order are sorted by the same rule whatever the size of the slice")
  func slices() {
    for seed in 1...200 as ClosedRange<UInt64> {
      var random = Seeded(seed)
      let count = random.next(60)
      let accounts = (0..<count).map { _ in Int32(random.next(4)) - 1 }
      let time = (0..<count).map { _ in Int64(random.next(9_000)) * Int64(random.next(9_000)) - 99 }
      let expected = (0..<Int32(count)).sorted { a, b in
        func key(_ row: Int32) -> (Int32, Int64, Int32) {
          let account = accounts[Int(row)]
          return (account < 0 ? 3 : account, time[Int(row)], row)
        }
        return key(a) < key(b)
      }
      for largest in [0, 1 << 18] {
        let slices = TimeSlices(
          of: accounts, accounts: 3, time: time, isSorted: false, largest: largest)
        #expect(slices.rows == expected, "seed \(seed)")
      }
    }
  }

  @Test(
    "readers keep their version while new ones are put on the shelf, and no maker undoes another's")
  func shelf() async {
    func version(_ number: Int64) -> TrailShelf.Version {
      var columns = TransferColumns()
      for id in 0..<(10 + number) {
        columns.append(
          source: Int32(id % 5), destination: Int32((id + 1) % 5), time: id,
          amountMinor: number, currency: 0, channel: 0, entry: id)
      }
      return TrailShelf.Version(
        trail: Trail(columns: columns, names: Trail.Names(accountCount: 5, currencies: [])),
        origin: TrailOrigin(
          store: "s", lastEntry: number, importCount: 0, imports: "", lastPair: 0, changes: 0,
          furtherPlaces: 0))
    }
    let shelf = TrailShelf(version(0))
    let puts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<2 {
        group.addTask {
          var puts = 0
          while true {
            let old = shelf.current.origin
            guard old.lastEntry < 200 else { return puts }
            if shelf.replace(old, with: version(old.lastEntry + 1)) { puts += 1 }
          }
        }
      }
      for _ in 0..<4 {
        group.addTask {
          var last: Int64 = 0
          while last < 200 {
            let seen = shelf.current
            let number = seen.origin.lastEntry
            #expect(number >= last)
            #expect(seen.trail.edgeCount == Int(number) + 10)
            #expect(seen.trail.amountMinor.allSatisfy { $0 == number })
            last = number
            await Task.yield()
          }
          return 0
        }
      }
      return await group.reduce(0, +)
    }
    #expect(puts == 200)
  }
}
