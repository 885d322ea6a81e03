// Lots and queues of lots.

/// Part of a balance: minor units of one class, with the last movement that carried it.
struct Lot {
  var amount: Int64
  /// Index into `ClassTable`.
  var sourceClass: Int32
  /// Index into `Provenance`; −1 when the path is not recorded.
  var node: Int32
}

/// Lots in the order they came in. Taking from either end, or the newest of one class, is O(1)
/// amortised for each lot taken.
struct LotQueue {
  /// From `head` on the lots in line; one whose amount is 0 was taken out of the middle.
  private var lots: [Lot] = []
  private var head = 0
  private var emptied = 0
  /// The places of each class's lots, oldest first. Made when lots of one class are first asked for,
  /// then kept up; dropped when places change.
  private var places: [Int32: [Int]]?

  /// The lots in line, oldest first.
  var live: ArraySlice<Lot> {
    emptied == 0 ? lots[head...] : lots[head...].filter { $0.amount > 0 }[...]
  }

  var isEmpty: Bool { head == lots.count }

  /// Adds a lot at the end. Joins it to the last one only when the two cannot be told apart: same
  /// class, same movement. The caller has checked that the account's sum fits 64 bits.
  mutating func append(_ lot: Lot) {
    let last = lots.count - 1
    if last >= head, lots[last].sourceClass == lot.sourceClass, lots[last].node == lot.node {
      lots[last].amount += lot.amount
    } else {
      if places != nil { places?[lot.sourceClass, default: []].append(lots.count) }
      lots.append(lot)
    }
  }

  /// Moves up to `wanted` units, oldest first, to the end of `taken`; returns how many it moved.
  mutating func takeOldest(_ wanted: Int64, into taken: inout [Lot]) -> Int64 {
    guard wanted > 0, !isEmpty else { return 0 }
    var left = wanted
    while left > 0, head < lots.count {
      let units = lots[head].amount
      if units > left {
        lots[head].amount -= left
        taken.append(Lot(amount: left, sourceClass: lots[head].sourceClass, node: lots[head].node))
        left = 0
      } else {
        left -= units
        if units > 0 { taken.append(lots[head]) } else { emptied -= 1 }
        head += 1
      }
    }
    tidy()
    return wanted - left
  }

  /// As `takeOldest`, newest first.
  mutating func takeNewest(_ wanted: Int64, into taken: inout [Lot]) -> Int64 {
    var left = wanted
    while left > 0, lots.count > head {
      let last = lots.count - 1
      let units = lots[last].amount
      if units > left {
        lots[last].amount -= left
        taken.append(Lot(amount: left, sourceClass: lots[last].sourceClass, node: lots[last].node))
        left = 0
      } else {
        left -= units
        if units > 0 { taken.append(lots[last]) }
        removeLast(wasTaken: units > 0)
      }
    }
    tidy()
    return wanted - left
  }

  /// Takes up to `wanted` units of one class, newest first.
  mutating func takeNewest(
    _ wanted: Int64, of sourceClass: Int32, into taken: inout [Lot]
  ) -> Int64 {
    guard wanted > 0, !isEmpty else { return 0 }
    if places == nil { findPlaces() }
    var left = wanted
    while left > 0, let place = places?[sourceClass]?.last, place >= head {
      var piece = lots[place]
      piece.amount = min(piece.amount, left)
      lots[place].amount -= piece.amount
      left -= piece.amount
      taken.append(piece)
      if lots[place].amount == 0 {
        places?[sourceClass]?.removeLast()
        emptied += 1
      }
    }
    tidy()
    return wanted - left
  }

  /// Replaces the class of every lot (poison).
  mutating func reclassify(_ map: (Int32) -> Int32) {
    for index in head..<lots.count { lots[index].sourceClass = map(lots[index].sourceClass) }
    places = nil
  }

  // MARK: Upkeep

  /// Drops the last lot, which was just taken or had been emptied before.
  private mutating func removeLast(wasTaken: Bool) {
    let lot = lots.removeLast()
    if !wasTaken {
      emptied -= 1
    } else if places != nil {
      places?[lot.sourceClass]?.removeLast()
    }
  }

  private mutating func findPlaces() {
    var found: [Int32: [Int]] = [:]
    for place in head..<lots.count where lots[place].amount > 0 {
      found[lots[place].sourceClass, default: []].append(place)
    }
    places = found
  }

  /// Closes the line when at least half of it is empty, so that each lot is moved O(1) times for
  /// each lot taken.
  private mutating func tidy() {
    while emptied > 0, lots.count > head, lots[lots.count - 1].amount == 0 {
      removeLast(wasTaken: false)
    }
    if head == lots.count {
      lots.removeAll(keepingCapacity: true)
      (head, emptied, places) = (0, 0, nil)
    } else if head + emptied > 64, (head + emptied) * 2 > lots.count {
      if emptied == 0 {
        lots.removeFirst(head)
      } else {
        lots = lots[head...].filter { $0.amount > 0 }
      }
      (head, emptied, places) = (0, 0, nil)
    }
  }
}
