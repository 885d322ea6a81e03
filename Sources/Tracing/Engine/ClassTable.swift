// The source classes of one run as small numbers, with the order in which they were first seen.

import CaseModel

/// Classes by index: those of the ledger, the two the engine adds, and under poison a tainted twin
/// of every clean class.
struct ClassTable {
  let codes: [SourceClassCode]
  let isTainted: [Bool]
  /// The class a twin stands for; itself for the others.
  let base: [Int32]
  /// The tainted twin; itself when there is none.
  let twin: [Int32]
  let borrowed: Int32
  let unknownInterest: Int32
  /// Classes by first sight, `BORROWED` last: the order of splits, pieces and ties.
  private(set) var splitOrder: [Int32] = []
  /// The place of each class in that order; a later class has a higher one, and none ever changes.
  private(set) var ranks: [Int32]
  private var seenCount = 0
  private var hasBeenSeen: [Bool]
  private let indexes: [SourceClassCode: Int32]

  init(_ classes: [LedgerClass], withTwins: Bool) {
    var codes = classes.map(\.code)
    var tainted = classes.map(\.isTainted)
    for code in [Ledger.borrowed, Ledger.unknownInterest] where !codes.contains(code) {
      codes.append(code)
      tainted.append(false)
    }
    var indexes: [SourceClassCode: Int32] = [:]
    for (index, code) in codes.enumerated() { indexes[code] = Int32(index) }
    borrowed = Int32(codes.firstIndex(of: Ledger.borrowed) ?? 0)
    unknownInterest = Int32(codes.firstIndex(of: Ledger.unknownInterest) ?? 0)
    var base = codes.indices.map { Int32($0) }
    var twin = base
    if withTwins {
      for index in 0..<codes.count where !tainted[index] {
        twin[index] = Int32(codes.count)
        twin.append(Int32(codes.count))
        base.append(Int32(index))
        codes.append(codes[index])
        tainted.append(true)
      }
    }
    self.codes = codes
    isTainted = tainted
    self.base = base
    self.twin = twin
    self.indexes = indexes
    hasBeenSeen = Array(repeating: false, count: codes.count)
    ranks = Array(repeating: -1, count: codes.count)
    ranks[Int(twin[Int(borrowed)])] = .max
    ranks[Int(borrowed)] = .max - 1
    splitOrder = [borrowed]
    if twin[Int(borrowed)] != borrowed { splitOrder.append(twin[Int(borrowed)]) }
  }

  var count: Int { codes.count }

  func index(of code: SourceClassCode) -> Int32? { indexes[code] }

  func isBorrowed(_ index: Int32) -> Bool { base[Int(index)] == borrowed }

  /// Notes that the class occurred; its twin takes the next rank.
  mutating func see(_ index: Int32) {
    let plain = base[Int(index)]
    guard !hasBeenSeen[Int(plain)], plain != borrowed else { return }
    hasBeenSeen[Int(plain)] = true
    splitOrder.insert(plain, at: seenCount)
    ranks[Int(plain)] = Int32(seenCount)
    seenCount += 1
    if twin[Int(plain)] != plain {
      splitOrder.insert(twin[Int(plain)], at: seenCount)
      ranks[Int(twin[Int(plain)])] = Int32(seenCount)
      seenCount += 1
    }
  }
}
