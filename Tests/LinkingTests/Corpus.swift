import CaseModel
import Linking

/// Made-up movements between made-up accounts, with what banks do to them: charges taken on the way, exchange,
/// days of delay, missing counterparties, batches, twins and look-alikes, messages of what never happened.
/// The truth is known; the same seed gives the same corpus.
struct Corpus {
  private(set) var legs: [Leg] = []
  private(set) var records: [PaymentRecord] = []
  /// Member keys of each true link, `from` then `to`, sorted within a side.
  private(set) var truth: Set<[LinkKey]> = []
  private var random: Seeded
  private var number = 0
  private let accountCount = 60

  init(seed: UInt64, movements: Int) {
    random = Seeded(seed)
    for _ in 0..<movements {
      switch random.number(1...100) {
      case 1...5: batch()
      case 6...9: attempt()
      case 10...17: lookAlike()
      case 18...20: twins()
      default: movement(amount(), on: random.number(0...360))
      }
    }
  }

  // MARK: Parts

  private mutating func key(_ letter: String) -> String {
    number += 1
    return letter + String(100_000 + number)
  }

  private mutating func amount() -> Int64 {
    // Round sums meet often, others seldom: a third of people pay round.
    random.happens(1, in: 3)
      ? Int64(random.number(1...40)) * 2_500 : Int64(random.number(500...900_000))
  }

  private mutating func two() -> (payer: Int, payee: Int) {
    let payer = random.number(1...accountCount)
    let payee = random.number(1...accountCount - 1)
    return (payer, payee >= payer ? payee + 1 : payee)
  }

  /// One account in five is kept in dollars.
  private func currency(_ account: Int) -> Currency { account % 5 == 0 ? dollar : euro }

  private mutating func references() -> [String: String] {
    var found: [String: String] = [:]
    if random.happens(4, in: 10) {
      found["end-to-end"] = "E2E-\(random.number(10_000_000...99_999_999))"
    }
    if random.happens(2, in: 10) { found["end-to-end"] = found["end-to-end"] ?? "NOTPROVIDED" }
    if random.happens(1, in: 10) {
      let digits = String(1_000_000_000_000_000_000 + random.next() % 1_000_000_000_000_000_000)
      let part = { (from: Int, count: Int) in String(digits.dropFirst(from).prefix(count)) }
      found["uetr"] = "\(part(0, 8))-\(part(8, 4))-4\(part(12, 3))-a\(part(15, 3))-\(part(3, 12))"
    }
    return found
  }

  private mutating func delay() -> Int {
    random.pick([0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5])
  }

  // MARK: What happens

  private mutating func movement(_ amount: Int64, on day: Int, between: (Int, Int)? = nil) {
    let (payer, payee) = between ?? two()
    let id = references()
    var (out, into) = (money(amount, currency(payer)), money(amount, currency(payee)))
    var debit = leg(
      key("d"), "N\(payer)", 0, on: day,
      to: random.happens(85, in: 100) ? "N\(payee)" : nil, references: id)
    var credit = leg(
      key("c"), "N\(payee)", 0, on: day + delay(),
      to: random.happens(75, in: 100) ? "N\(payer)" : nil, references: id)
    var charged: Int64 = 0
    if out.currency != into.currency {
      // One euro buys 1.0845 dollars in the corpus, rounded half up to the cent.
      let cents =
        out.currency == euro
        ? (amount * 10_845 + 5_000) / 10_000 : (amount * 10_000 + 5_422) / 10_845
      into = money(cents, into.currency)
      if random.happens(8, in: 10) {
        debit.original = into
        if random.happens(1, in: 2) { debit.exchangeRate = "1.0845" }
      }
    } else if random.happens(15, in: 100), amount > 3_000 {
      charged = Int64(random.number(1...25)) * 50
      into = money(amount - charged, into.currency)
      let text = money(charged, out.currency).description
      switch random.number(1...10) {
      case 1...4: debit.references["charges-included"] = text + " SHAR"
      case 5...8: credit.references["charges-included"] = text
      default: break
      }
    }
    debit.amount = -out
    credit.amount = into
    let lost = random.number(1...100)
    if lost > 4 { legs.append(debit) }
    if lost <= 4 || lost > 8 { legs.append(credit) }
    if lost > 8 { truth.insert([.entry(debit.key), .entry(credit.key)]) }
    guard random.happens(1, in: 5) else { return }
    var amounts = [StatedAmount(.settled, into), StatedAmount(.instructed, out)]
    if charged > 0 { amounts.append(StatedAmount(.senderCharge, money(charged, out.currency))) }
    let message = record(
      key("m"), .instruction, amounts, on: day, from: "N\(payer)", to: "N\(payee)", references: id)
    records.append(message)
    if lost > 4 { truth.insert([.record(message.key), .entry(debit.key)]) }
    if lost <= 4 || lost > 8 { truth.insert([.record(message.key), .entry(credit.key)]) }
  }

  /// One debit pays several people.
  private mutating func batch() {
    let payer = random.number(1...accountCount)
    let day = random.number(0...360)
    let hasReference = random.happens(1, in: 2)
    let id = hasReference ? ["payment-information": "RUN-\(random.number(100_000...999_999))"] : [:]
    var credits: [Leg] = []
    for _ in 0..<random.number(2...8) {
      let payee = two().payee
      guard payee != payer, currency(payee) == currency(payer) else { continue }
      credits.append(
        leg(
          key("c"), "N\(payee)", amount(), on: day + 1, to: "N\(payer)", currency: currency(payer),
          references: id))
    }
    guard credits.count >= 2 else { return }
    let sum = credits.reduce(0) { $0 + $1.amount.minorUnits }
    let debit = leg(key("d"), "N\(payer)", -sum, on: day, currency: currency(payer), references: id)
    legs.append(debit)
    legs += credits
    truth.insert([.entry(debit.key)] + credits.map { LinkKey.entry($0.key) }.sorted())
  }

  /// A message of a payment that was refused; half of the people try again the next day.
  private mutating func attempt() {
    let between = two()
    let (amount, day) = (amount(), random.number(0...360))
    records.append(
      record(
        key("m"), .instruction, [StatedAmount(.settled, money(amount, currency(between.payer)))],
        on: day, from: "N\(between.payer)", to: "N\(between.payee)",
        status: random.pick(["NAK", "rejected", "cancelled"])))
    if random.happens(1, in: 2) { movement(amount, on: day + 1, between: between) }
  }

  /// A movement, and near it a leg of the same amount on one of its accounts that is something else.
  private mutating func lookAlike() {
    let between = two()
    let (amount, day) = (amount(), random.number(0...360))
    movement(amount, on: day, between: between)
    let outsider = random.happens(7, in: 10) ? "X\(random.number(1...500))" : nil
    if random.happens(1, in: 2) {
      legs.append(
        leg(
          key("c"), "N\(between.payee)", amount, on: day + random.number(-2...4), to: outsider,
          currency: currency(between.payee)))
    } else {
      legs.append(
        leg(
          key("d"), "N\(between.payer)", -amount, on: day + random.number(-2...4), to: outsider,
          currency: currency(between.payer)))
    }
  }

  /// The same payment twice within days: only references tell them apart.
  private mutating func twins() {
    let between = two()
    let (amount, day) = (amount(), random.number(0...360))
    movement(amount, on: day, between: between)
    movement(amount, on: day + random.number(0...2), between: between)
  }
}
