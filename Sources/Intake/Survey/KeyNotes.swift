import CaseModel

/// What the first of two passes notes for the keys of the second (formats.md §3.6): which movements of
/// an account, and which references, may come more than once. Everything else has its key at once.
///
/// Every key holds account, day, signed amount and currency, so two entries can only meet in one key if
/// they agree in those four; `movement` is their hash. Whether a reference is unique is decided exactly.
struct KeyNotes {
  /// Hashes of movements, in file order, until they are taken over.
  var movements: [UInt64] = []
  /// Hashes of references alone, for the warning about a reference with another day or amount.
  var bare: [UInt64] = []
  /// 128-bit hashes of references with their movement.
  var references: [SIMD2<UInt64>] = []

  /// Accounts of other sides, each with its first text, and what is wrong with the text of each (a place
  /// in `faults`, −1: nothing).
  var accounts: [NamedAccount] = []
  var others = SpanTable()
  var faults: [String] = []
  var owners = SpanTable()
  /// Where entries are made: the accounts read so far, by their place in `others`; not without end.
  var read: [KnownTexts.Account] = []
  static let readMost = 1 << 16

  /// Forgets what was handed on; what saves reading a text again stays.
  mutating func clear() {
    movements.removeAll(keepingCapacity: true)
    bare.removeAll(keepingCapacity: true)
    references.removeAll(keepingCapacity: true)
    accounts.removeAll(keepingCapacity: true)
  }

  @inline(__always) static func movement(
    account: UInt64, day: Int32, minorUnits: Int64, currency: UInt64
  ) -> UInt64 {
    let hash = QuickHash.mix(account ^ currency, UInt64(bitPattern: minorUnits))
    return QuickHash.mix(hash, UInt64(UInt32(bitPattern: day)))
  }

  static func account(_ key: AccountKey) -> UInt64 { QuickHash.of(key.text) }
  static func currency(_ currency: Currency) -> UInt64 {
    QuickHash.of(currency.code, seed: QuickHash.first)
  }

  /// - Parameter rank: 0 for the servicer's own reference, 1 for those of the payment.
  static func reference(
    _ bytes: UnsafeBufferPointer<UInt8>, rank: UInt64, movement: UInt64
  ) -> SIMD2<UInt64> {
    SIMD2(
      QuickHash.of(bytes, seed: movement ^ (rank &+ 1) &* QuickHash.second),
      QuickHash.of(bytes, seed: QuickHash.mix(movement, rank &+ 7)))
  }

  static func bare(_ bytes: UnsafeBufferPointer<UInt8>, account: UInt64) -> UInt64 {
    QuickHash.of(bytes, seed: account)
  }
}
