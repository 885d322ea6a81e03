import Foundation

/// Seeded rows in the layout of the profile `invented-union-bank-comma`: equal counts give equal bytes.
///
/// About 500 entries an account, in the order of days, with running balances that add up; a third name
/// an account of the same file, the others a name only.
struct MadeRows {
  let count: Int
  private static let entriesPerAccount = 500

  /// All rows into a file, piece by piece.
  func write(to path: String) throws {
    guard let file = fopen(path, "wb") else { throw BenchError("\(path) cannot be written") }
    defer { fclose(file) }
    make { piece in _ = fwrite(piece, 1, piece.count, file) }
  }

  private func make(_ take: ([UInt8]) -> Void) {
    var random = SplitMix(state: 20_240_301)
    var out: [UInt8] = []
    out.append(
      contentsOf: ("Date,Account Number,Sort Code,Transaction Type,Description,Counterparty,"
        + "Counterparty Account,Paid In,Paid Out,Balance,Currency\n").utf8)
    let accounts = max(1, count / Self.entriesPerAccount)
    for account in 0..<accounts {
      let first = count * account / accounts
      let last = count * (account + 1) / accounts
      var balance = 1_000_000
      for row in first..<last {
        let day = (row - first) * 360 / max(1, last - first)
        append(row, day, account, accounts, &balance, &random, to: &out)
      }
      if out.count > 1 << 20 || account == accounts - 1 {
        take(out)
        out.removeAll(keepingCapacity: true)
      }
    }
  }

  private func append(
    _ row: Int, _ day: Int, _ account: Int, _ accounts: Int, _ balance: inout Int,
    _ random: inout SplitMix, to out: inout [UInt8]
  ) {
    let amount = Int(random.next() % 90_000) + 100
    let isCredit = balance < amount || random.next() % 2 == 0
    balance += isCredit ? amount : -amount
    let other = Int(random.next() % UInt64(accounts * 3))
    let names = other < accounts && other != account
    // Twelve months of thirty days; no month is longer than its calendar one but February.
    let month = day / 30 + 1
    let dayOfMonth = min(day % 30 + 1, month == 2 ? 28 : 30)
    Self.pad(dayOfMonth, 2, &out)
    out.append(0x2F)
    Self.pad(month, 2, &out)
    out.append(contentsOf: "/2024,".utf8)
    Self.pad(account + 10_000_000, 8, &out)
    out.append(contentsOf: ",00-00-01,".utf8)
    out.append(contentsOf: (names ? "Faster payment" : "Card payment").utf8)
    out.append(contentsOf: ",Reference ".utf8)
    Self.pad(row, 8, &out)
    out.append(contentsOf: ",Party ".utf8)
    Self.pad(other, 6, &out)
    out.append(0x2C)
    if names {
      out.append(contentsOf: "00-00-01 ".utf8)
      Self.pad(other + 10_000_000, 8, &out)
    }
    out.append(0x2C)
    if isCredit { Self.money(amount, &out) }
    out.append(0x2C)
    if !isCredit { Self.money(amount, &out) }
    out.append(0x2C)
    Self.money(balance, &out)
    out.append(contentsOf: ",GBP\n".utf8)
  }

  private static func pad(_ value: Int, _ width: Int, _ out: inout [UInt8]) {
    var digits: [UInt8] = []
    var rest = value
    while rest > 0 || digits.count < width {
      digits.append(0x30 + UInt8(rest % 10))
      rest /= 10
    }
    out.append(contentsOf: digits.reversed())
  }

  private static func money(_ minor: Int, _ out: inout [UInt8]) {
    pad(minor / 100, 1, &out)
    out.append(0x2E)
    pad(minor % 100, 2, &out)
  }
}

/// Sebastiano Vigna's SplitMix64: short, and the same on every machine.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
