// Splitting whole units over classes and over the pieces of a class.

import CaseModel

extension TracingEngine {
  /// Splits whole units over classes by largest remainder, ties to the class seen first
  /// (tracing-examples/1, rounding). Parts of zero are left out.
  func split(_ amount: Int64, over totals: Composition) -> [Composition.Share] {
    var parts = totals.shares
    if parts.count == 1 {
      parts[0].units = amount
      return amount > 0 ? parts : []
    }
    let units = Split.largestRemainder(amount, over: parts.map(\.units))
    for index in parts.indices { parts[index].units = units[index] }
    parts.removeAll { $0.units == 0 }
    return parts
  }

  /// Scales pieces to a new whole: first over classes, then inside a class over its pieces.
  /// The pieces keep their order.
  func rescaled(_ pieces: [Lot], to amount: Int64) throws(TracingError) -> [Lot] {
    var totals = Composition()
    var pieceCount = 0
    for piece in pieces where piece.amount > 0 {
      totals.add(piece, rank: classes.ranks[Int(piece.sourceClass)])
      pieceCount += 1
    }
    guard !totals.isEmpty else {
      guard amount == 0 else {
        throw TracingError(
          .malformed("nothing left and something arrived"), at: place,
          remedy: "check the two amounts of the transfer")
      }
      return []
    }
    let parts = split(amount, over: totals)
    return pieceCount == totals.shares.count
      ? eachRescaled(pieces, to: parts) : sharedOut(parts, among: pieces)
  }

  /// One piece of each class at most: it becomes the part of its class.
  private func eachRescaled(_ pieces: [Lot], to parts: [Composition.Share]) -> [Lot] {
    let composition = Composition(parts)
    return pieces.compactMap { piece in
      let (index, isPresent) = composition.position(ofRank: classes.ranks[Int(piece.sourceClass)])
      guard piece.amount > 0, isPresent else { return nil }
      return Lot(amount: parts[index].units, sourceClass: piece.sourceClass, node: piece.node)
    }
  }

  private func sharedOut(_ parts: [Composition.Share], among pieces: [Lot]) -> [Lot] {
    var members: [Int32: [Int]] = [:]
    var result = pieces
    for (index, piece) in pieces.enumerated() {
      members[piece.sourceClass, default: []].append(index)
      result[index].amount = 0
    }
    for part in parts {
      let own = members[part.sourceClass] ?? []
      let shares = shares(of: part.units, among: own.map { pieces[$0] }[...])
      for (index, share) in zip(own, shares) { result[index].amount = share.amount }
    }
    return result.filter { $0.amount > 0 }
  }

  /// Shares of `amount` among lots of one class, as many as there are lots.
  ///
  /// The boundaries between the lots are scaled, rounded down: so no figure depends on whether money of
  /// one class lies there as one lot or as several.
  func shares(of amount: Int64, among lots: ArraySlice<Lot>) -> [Lot] {
    let whole = lots.reduce(Int128(0)) { $0 + Int128($1.amount) }
    var result = Array(lots)
    guard whole > 0 else { return result }
    var (before, boundary) = (Int128(0), Int128(0))
    for index in result.indices {
      boundary += Int128(result[index].amount)
      let share = Rounding.down.quotient(boundary * Int128(amount), by: whole)
      result[index].amount = Int64(share - before)
      before = share
    }
    return result
  }

  /// Turns the clean pieces of a receipt into a class; what is tainted keeps its class, so that no
  /// value is tainted twice.
  mutating func reclass(
    _ pieces: inout [Lot], as sourceClass: Int32, currency: Int
  ) throws(TracingError) {
    classes.see(sourceClass)
    for index in pieces.indices where !classes.isTainted[Int(pieces[index].sourceClass)] {
      leave(pieces[index], currency: currency)
      if pieces[index].node >= 0 {
        var basis = [pieces[index]]
        mark(
          &basis, as: .basis, from: label("money of a victim"), to: label(ofReceipt: sourceClass),
          currency: currency)
        pieces[index].node = basis[0].node
      }
      pieces[index].sourceClass = sourceClass
      try enter(pieces[index].amount, of: sourceClass, currency: currency)
    }
  }
}

extension Composition {
  /// The first `amount` units, class by class.
  func first(_ amount: Int64) -> [Share] {
    var left = amount
    var parts: [Share] = []
    for share in shares where left > 0 {
      var part = share
      part.units = min(share.units, left)
      left -= part.units
      parts.append(part)
    }
    return parts
  }
}
