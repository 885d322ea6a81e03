// What money consists of: units by source class.

/// Units of each class that a place holds. Classes stand in the order of first sight, `BORROWED` last;
/// a class of which nothing is held does not appear, so that a place costs what it holds and not what
/// the ledger declares.
struct Composition {
  struct Share {
    let sourceClass: Int32
    /// The class's place in the order of first sight.
    let rank: Int32
    var units: Int64
    /// The latest movement that brought the class here; −1 when the path is not recorded.
    var latestNode: Int32
  }

  private(set) var shares: [Share]

  /// Shares by rank, none of them empty.
  init(_ shares: [Share] = []) { self.shares = shares }

  /// Units of a class, 0 when there are none. O(classes held).
  subscript(sourceClass: Int) -> Int64 {
    shares.first { Int($0.sourceClass) == sourceClass }?.units ?? 0
  }

  var isEmpty: Bool { shares.isEmpty }

  var sum: Int128 { shares.reduce(0) { $0 + Int128($1.units) } }

  mutating func reserve(_ classes: Int) { shares.reserveCapacity(classes) }

  /// Where the class of that rank stands, or would stand.
  func position(ofRank rank: Int32) -> (index: Int, isPresent: Bool) {
    var (low, high) = (0, shares.count)
    while low < high {
      let middle = (low + high) / 2
      if shares[middle].rank < rank { low = middle + 1 } else { high = middle }
    }
    return (low, low < shares.count && shares[low].rank == rank)
  }

  /// Adds units, more than none; returns where the class stands, and whether it is new there. The caller has
  /// checked that the sum fits 64 bits.
  @discardableResult
  mutating func add(_ lot: Lot, rank: Int32) -> (index: Int, isNew: Bool) {
    let (index, isPresent) = position(ofRank: rank)
    if isPresent {
      shares[index].units += lot.amount
      shares[index].latestNode = lot.node
    } else {
      shares.insert(
        Share(
          sourceClass: lot.sourceClass, rank: rank, units: lot.amount, latestNode: lot.node),
        at: index)
    }
    return (index, !isPresent)
  }

  /// As `add`; false, and nothing is added, when the sum does not fit 64 bits.
  mutating func addIfItFits(_ lot: Lot, rank: Int32) -> Bool {
    let (index, isPresent) = position(ofRank: rank)
    if isPresent {
      guard shares[index].units <= .max - lot.amount else { return false }
      shares[index].units += lot.amount
    } else {
      add(lot, rank: rank)
    }
    return true
  }

  /// Removes units, of which there must be as many; returns where the class stood, and whether nothing of it
  /// is left.
  @discardableResult
  mutating func remove(_ units: Int64, rank: Int32) -> (index: Int, isGone: Bool) {
    let (index, isPresent) = position(ofRank: rank)
    precondition(isPresent && shares[index].units >= units, "a place held less than its total")
    shares[index].units -= units
    let isGone = shares[index].units == 0
    if isGone { shares.remove(at: index) }
    return (index, isGone)
  }

  /// Removes parts that stand in the order of `shares`; tells where each class stood.
  /// - Complexity: O(classes held).
  mutating func remove(_ parts: [Share], each: (_ index: Int, _ part: Share) -> Void) {
    var index = 0
    var hasGone = false
    for part in parts {
      while shares[index].rank < part.rank { index += 1 }
      precondition(
        shares[index].rank == part.rank && shares[index].units >= part.units,
        "a place held less than its total")
      each(index, part)
      shares[index].units -= part.units
      hasGone = hasGone || shares[index].units == 0
    }
    if hasGone { shares.removeAll { $0.units == 0 } }
  }
}

/// Money by class, with the lots behind each class while the path is recorded.
struct ClassedLots {
  let keepsLots: Bool
  private(set) var totals = Composition()
  /// The lots of each share of `totals`, oldest first; empty unless they are kept.
  private(set) var queues: [LotQueue] = []

  init(keepsLots: Bool) { self.keepsLots = keepsLots }

  /// Makes room for a number of classes at an empty place.
  mutating func reserve(_ classes: Int) { totals.reserve(classes) }

  mutating func add(_ lot: Lot, rank: Int32) {
    let (index, isNew) = totals.add(lot, rank: rank)
    guard keepsLots else { return }
    if isNew { queues.insert(LotQueue(), at: index) }
    queues[index].append(lot)
  }

  /// Counts a lot that is kept elsewhere.
  mutating func count(_ lot: Lot, rank: Int32) { totals.add(lot, rank: rank) }

  /// No longer counts units of a lot that is kept elsewhere.
  mutating func discount(_ units: Int64, rank: Int32) { totals.remove(units, rank: rank) }

  /// Takes up to `wanted` units of a class to the end of `taken`, the oldest or the newest lot first;
  /// returns how many.
  mutating func take(
    _ wanted: Int64, of sourceClass: Int32, rank: Int32, newestFirst: Bool = false,
    into taken: inout [Lot]
  ) -> Int64 {
    let (index, isPresent) = totals.position(ofRank: rank)
    guard isPresent else { return 0 }
    let units = min(wanted, totals.shares[index].units)
    guard units > 0 else { return 0 }
    if keepsLots {
      let moved =
        newestFirst
        ? queues[index].takeNewest(units, into: &taken)
        : queues[index].takeOldest(units, into: &taken)
      precondition(moved == units, "a place held less than its total")
    } else {
      taken.append(Lot(amount: units, sourceClass: sourceClass, node: -1))
    }
    if totals.remove(units, rank: rank).isGone, keepsLots { queues.remove(at: index) }
    return units
  }

  /// Takes parts that stand in the order of first sight to the end of `taken`, of each class the
  /// oldest lot first.
  mutating func take(_ parts: [Composition.Share], into taken: inout [Lot]) {
    guard keepsLots else {
      totals.remove(parts) { _, part in
        taken.append(Lot(amount: part.units, sourceClass: part.sourceClass, node: -1))
      }
      return
    }
    let before = totals.shares.count
    totals.remove(parts) { index, part in
      let moved = queues[index].takeOldest(part.units, into: &taken)
      precondition(moved == part.units, "a place held less than its total")
    }
    if totals.shares.count < before { queues.removeAll { $0.isEmpty } }
  }

  /// The lots of each class; one for each class when their path is not recorded.
  var lanes: [LotQueue] {
    guard !keepsLots else { return queues }
    return totals.shares.map { share in
      var lane = LotQueue()
      lane.append(Lot(amount: share.units, sourceClass: share.sourceClass, node: -1))
      return lane
    }
  }

  var lots: [Lot] { lanes.flatMap { Array($0.live) } }
}

/// Movements by class, in the order in which they came.
struct NodesByClass {
  private var nodes: [Int32: [Int32]] = [:]
  subscript(sourceClass: Int) -> [Int32] { nodes[Int32(sourceClass)] ?? [] }
  mutating func append(_ node: Int32, of sourceClass: Int32) {
    nodes[sourceClass, default: []].append(node)
  }
}
